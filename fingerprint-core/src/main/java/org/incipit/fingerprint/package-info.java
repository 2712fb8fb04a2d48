/**
 * From PCM to fingerprint: {@link org.incipit.fingerprint.Fingerprinter} wires the stages, {@link
 * org.incipit.fingerprint.Algorithm} holds their numbers, {@link
 * org.incipit.fingerprint.Fingerprint} is the result.
 *
 * <pre>
 *   samples ─▶ .pcm: mono, 11 025 Hz ─▶ .spectrum: frames, power ─▶ .chroma: 12 pitch classes
 *           ─▶ .classify: 32 bits ─▶ SubFingerprintSink, Fingerprint
 * </pre>
 *
 * <p>The results are those of libchromaprint 1.6.1. What is odd about it, and what became of it:
 *
 * <ul>
 *   <li>TEST3 declares interpolation but never uses it, and its frames do not overlap: the same
 *       here.
 *   <li>An unknown algorithm id runs as TEST1 there. Here {@link
 *       org.incipit.fingerprint.Algorithm#of} refuses it; a decoded fingerprint keeps any id.
 *   <li>Input is collected in blocks of 32 768 samples there, so that items appear late. Here every
 *       item appears with its last sample. The two effects of the blocks on a finished result are
 *       kept and apply at {@code finish}: a stream shorter than the resampler's filter is mirrored
 *       modulo its own length, and below 11 025 Hz the end that does not fit into one more block of
 *       output is cut off (below 1.4 kHz that is up to half a minute).
 *   <li>The end of a stream is not padded, so the last filter length of it is never heard: kept.
 *   <li>A frame of samples that is not whole is kept for the next feed, over {@code finish} too,
 *       and dropped by {@code start}: kept.
 *   <li>{@code start} does not reset the silence remover of TEST4 there, so a second file keeps its
 *       leading silence. A bug: here it is reset.
 *   <li>Sums in the rolling image grow for ever and round accordingly: kept, it is in the result.
 *   <li>Feeding before {@code start} is undefined there and an IllegalStateException here.
 * </ul>
 *
 * <p>Arrows: this package → the stages. {@code .codec} and {@code .match} → this package.
 */
@NullMarked
package org.incipit.fingerprint;

import org.jspecify.annotations.NullMarked;
