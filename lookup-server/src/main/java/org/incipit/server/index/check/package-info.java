/**
 * Looks into an index: {@link org.incipit.server.index.check.IndexCheck} reads every file of one
 * that nobody has open and names all damage, {@link org.incipit.server.index.check.StoredIndex}
 * reads one without changing a byte, {@link org.incipit.server.index.check.IndexFigures} says what
 * one is made of.
 *
 * <p>Imports: {@code index.store}, {@code index.segment}, {@code index.change}, {@code index.file}.
 * Imported by {@code index} and {@code index.snapshot}.
 */
@NullMarked
package org.incipit.server.index.check;

import org.jspecify.annotations.NullMarked;
