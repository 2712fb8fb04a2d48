/**
 * From rows of pitch classes to 32-bit sub-fingerprints. The last sixteen rows are seen as an
 * image; sixteen {@link org.incipit.fingerprint.classify.Classifier}s each compare the sums of some
 * rectangles in it and give two bits.
 *
 * <pre>
 *   row ─▶ RollingImage (sums over rectangles) ─▶ Classifier × 16 ─▶ int ─▶ ItemSink
 * </pre>
 *
 * <p>{@link org.incipit.fingerprint.classify.ClassifierTable} holds the two trained sets.
 *
 * <p>Arrows: this package → {@code .chroma}, whose sink it implements.
 */
@NullMarked
package org.incipit.fingerprint.classify;

import org.jspecify.annotations.NullMarked;
