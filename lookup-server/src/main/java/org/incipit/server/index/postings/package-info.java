/**
 * Postings as numbers: how they are packed, sorted and compressed. Nothing here knows files,
 * documents or queries.
 *
 * <p>A {@link org.incipit.server.index.postings.Posting} says that a document holds a hash: {@code
 * hash << 32 | id}, both unsigned, so that unsigned order is the order by hash, then by id. {@link
 * org.incipit.server.index.postings.PostingSort} brings a batch into that order.
 *
 * <p>Within one segment hashes share their low zero bits and ids come from one range. {@link
 * org.incipit.server.index.postings.CodeSpace} therefore numbers all possible postings without
 * gaps: {@code code = (hash >>> shift) * idCount + (id - minId)}. Codes ascend as postings do, and
 * a sorted list of numbers is what Elias-Fano coding stores in {@code 2 + log2(range / count)} bits
 * each, whatever mixture of rare and frequent hashes it holds. So one code serves keys and ids at
 * once, long lists become lists of small gaps by themselves, and the size for a posting does not
 * grow with the number of documents.
 *
 * <pre>
 * block     := lowBits highBytes highs lows     up to 256 codes, relative to the first
 * lowBits   := u8                               l, 0..56
 * highBytes := u8                               length of highs in bytes
 * highs     := bits                             for code i, bit (code >> l) + i is set
 * lows      := bits                             the l low bits of each code, one behind the other
 * </pre>
 *
 * <p>Bits count from the lowest of each byte. The first code and the number of codes are not in the
 * block: whoever keeps blocks has a directory of them. A reader may touch up to 8 bytes behind a
 * block.
 */
@NullMarked
package org.incipit.server.index.postings;

import org.jspecify.annotations.NullMarked;
