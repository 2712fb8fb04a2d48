package org.incipit.cli.fpcalc;

import java.util.List;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.FftEngine;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param output how results are laid out
 * @param format FFmpeg's short name of the input format, or null to find out
 * @param rate sample rate in Hz of inputs that do not state one, 0 = not given
 * @param channels channels of inputs that do not state them, 0 = not given
 * @param start seconds to leave out at the beginning
 * @param length seconds to analyse after that, 0 = all
 * @param chunk seconds in a chunk, 0 = one fingerprint per file
 * @param overlap whether the sub-fingerprints that two chunks share are kept
 * @param timestamps whether results carry the time of day instead of the position
 * @param raw whether sub-fingerprints are printed as numbers
 * @param signed whether those numbers are signed
 * @param ignoreErrors whether a decoding error leaves the exit code alone
 * @param keepGoing whether files after a failed one are processed
 * @param threads files processed at the same time, at least 1
 * @param files names as the bytes that the shell passed
 */
record Options(
    OutputFormat output,
    Algorithm algorithm,
    @Nullable String format,
    int rate,
    int channels,
    double start,
    double length,
    double chunk,
    boolean overlap,
    boolean timestamps,
    boolean raw,
    boolean signed,
    boolean ignoreErrors,
    boolean keepGoing,
    int threads,
    List<byte[]> files) {
  /** From so many files on a process lives long enough to be compiled well. */
  private static final int MANY_FILES = 8;

  /** Samples to leave out at the beginning. */
  long startSamples() {
    return (long) (start * Algorithm.SAMPLE_RATE);
  }

  /** Samples to analyse after that, 0 = all. */
  long lengthSamples() {
    return limit(length);
  }

  /** Samples in a chunk, 0 = no chunks. */
  long chunkSamples() {
    return limit(chunk);
  }

  /**
   * The transform to use: JTransforms has less to compile, our own is the faster one once compiled.
   */
  FftEngine fft() {
    return files.size() < MANY_FILES ? FftEngine.JTRANSFORMS : FftEngine.VECTORISED;
  }

  /** Samples in so many seconds, cut off; what no stream will ever reach is no limit. */
  private static long limit(double seconds) {
    double samples = seconds * Algorithm.SAMPLE_RATE;
    return samples < 0x1p62 ? (long) samples : 0;
  }
}
