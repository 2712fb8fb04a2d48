/**
 * Answers queries: which documents share most hashes with this set? A {@link
 * org.incipit.server.index.search.Searcher} goes through the parts of an index one by one, gathers
 * the ids in the lists of the query's hashes, counts how often each occurs ({@code Tally}), asks
 * newer parts whether the document is still what it was, and keeps the best ({@code TopHits}).
 *
 * <p>The result is that of comparing the query with every document. What a search needs is a {@link
 * org.incipit.server.index.search.Scratch}, made beforehand: lists too long for it are read by
 * ranges of ids, as wide as what is found allows; in the narrowest each id has a counter of its
 * own, so that nothing more is needed however many postings there are. {@code
 * Searcher.searchWithin} gives up before reading if the directories say that it is too much.
 *
 * <p>Imports: {@code index.segment}. Imported by {@code index}.
 */
@NullMarked
package org.incipit.server.index.search;

import org.jspecify.annotations.NullMarked;
