/**
 * {@code fpcalc}: from the bytes of the command line to the bytes of the output.
 *
 * <pre>
 *   Arguments ─▶ OptionParser ─▶ Options ─▶ FilePass, one file: decodes
 *                                             │ blocks: BlockPipe, to a second thread
 *                                             ▼
 *                                           Chunker: fingerprints ─▶ ResultWriter ─▶ Report
 * </pre>
 *
 * <p>A {@link org.incipit.cli.fpcalc.FilePass} reports to the console, or in a {@code Batch} of
 * several threads to a {@code FileReport} that waits for its turn.
 *
 * <p>A whole call takes a tenth of a second, so everything that costs milliseconds to load is kept
 * off the way to the first result: option and logging libraries, formatters, regular expressions,
 * streams.
 *
 * <p>What differs from the original is deliberate:
 *
 * <ul>
 *   <li>{@code -rate} and {@code -channels} apply to every file, not to the first only.
 *   <li>Nothing of one file is left when the next begins: neither a converter nor the state of the
 *       silence remover of algorithm 4.
 *   <li>Chunks shorter than a decoded block come out one by one; the original's never end.
 *   <li>Output that cannot be written is an error; a closed pipe ends the program quietly.
 *   <li>{@code -start}, {@code -keep-going} and {@code -threads} are new.
 * </ul>
 *
 * <p>Arrows: this package → decoder, fingerprint-core. Nothing here imports picocli.
 */
@NullMarked
package org.incipit.cli.fpcalc;

import org.jspecify.annotations.NullMarked;
