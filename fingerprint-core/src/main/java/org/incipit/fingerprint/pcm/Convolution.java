package org.incipit.fingerprint.pcm;

/**
 * The sums of products that a resampler is made of, in 32-bit arithmetic that wraps around: so the
 * order of the additions does not matter. Allocates only when built.
 */
interface Convolution {
  /** How far beyond the samples that matter an implementation may read the window. */
  int OVERREAD = 16;

  /**
   * Writes {@code sums[0..count)}, the outputs from {@code position} on, and passes over them.
   *
   * @param window input samples from the position's origin on
   * @param count 1 to the most outputs the implementation was built for
   */
  void convolve(short[] window, OutputPosition position, int[] sums, int count);
}
