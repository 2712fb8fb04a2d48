/**
 * From mono samples to power spectra: frames that overlap, a Hamming window, a Fourier transform.
 *
 * <pre>
 *   pcm ─▶ Framer ─▶ RealFft (window, transform, power) ─▶ SpectrumSink
 * </pre>
 *
 * <p>Arrows: this package → {@code .pcm}, whose sink it implements; {@code .chroma} implements
 * {@link org.incipit.fingerprint.spectrum.SpectrumSink}.
 */
@NullMarked
package org.incipit.fingerprint.spectrum;

import org.jspecify.annotations.NullMarked;
