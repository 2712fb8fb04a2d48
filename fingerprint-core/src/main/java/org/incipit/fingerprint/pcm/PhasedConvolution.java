package org.incipit.fingerprint.pcm;

/** Convolution for any rate: one scalar product per output. */
final class PhasedConvolution implements Convolution {
  private final ResamplerFilter filter;
  private final int[] samples; // the JIT vectorises products of int only

  /** For windows of at most {@code windowSize} samples. */
  PhasedConvolution(ResamplerFilter filter, int windowSize) {
    this.filter = filter;
    samples = new int[windowSize];
  }

  @Override
  public void convolve(short[] window, OutputPosition position, int[] sums, int count) {
    int end = position.sampleAfter(count - 1) + filter.taps;
    for (int i = position.sample(); i < end; i++) {
      samples[i] = window[i];
    }
    for (int i = 0; i < count; i++) {
      sums[i] = product(samples, position.sample(), filter.phase(position.phase()));
      position.advance();
    }
  }

  private static int product(int[] samples, int from, int[] coefficients) {
    int sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      sum += samples[from + i] * coefficients[i];
    }
    return sum;
  }
}
