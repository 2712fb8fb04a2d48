package org.incipit.fingerprint.spectrum;

/**
 * Windows a frame and takes the squared magnitude of its Fourier transform. Not thread-safe;
 * allocates and loads classes only when built.
 */
public interface RealFft {
  /**
   * Transforms {@code samples[from … from + frameSize)} and writes the bins that this was built for
   * to {@code power[bin]}.
   */
  void power(short[] samples, int from, double[] power);

  /** JTransforms, for any frame size; bins {@code firstBin..endBin-1}. */
  static RealFft jtransforms(int frameSize, int firstBin, int endBin) {
    return new JTransformsFft(frameSize, firstBin, endBin);
  }
}
