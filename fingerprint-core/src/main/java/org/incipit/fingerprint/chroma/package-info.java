/**
 * From power spectra to what a musician hears in them: twelve pitch classes, smoothed over five
 * frames, each row of length one.
 *
 * <pre>
 *   power[bin] ─▶ ChromaFolder ─▶ ChromaFilter ─▶ ChromaNormalizer ─▶ ChromaSink
 * </pre>
 *
 * <p>Rows are {@code double[12]}, A first, lent for the length of the call. The order of every sum
 * is part of the result and stands where it is added up (Chromaprint 1.6.1).
 *
 * <p>Arrows: this package → {@code .spectrum}, whose sink it implements; {@code .classify}
 * implements {@link org.incipit.fingerprint.chroma.ChromaSink}.
 */
@NullMarked
package org.incipit.fingerprint.chroma;

import org.jspecify.annotations.NullMarked;
