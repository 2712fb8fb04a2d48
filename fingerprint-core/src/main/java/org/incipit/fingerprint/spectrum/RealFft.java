package org.incipit.fingerprint.spectrum;

/**
 * Windows a frame and takes the squared magnitude of its Fourier transform, in double precision
 * throughout. Not thread-safe; allocates and loads classes only when built.
 */
public interface RealFft {
  /**
   * Transforms {@code samples[from … from + frameSize)} and writes the bins that this was built for
   * to {@code power[bin]}. Other elements of {@code power} become undefined.
   *
   * @param power at least {@code frameSize / 2 + 1} long
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void power(short[] samples, int from, double[] power);

  /**
   * The engine of our own, which the JIT compiler turns into vector code; bins {@code
   * firstBin..endBin-1}.
   *
   * @param frameSize 4096 or 2048
   * @throws IllegalArgumentException for any other frame size, or bins outside 0..frameSize/2
   */
  static RealFft vectorised(int frameSize, int firstBin, int endBin) {
    checkBins(frameSize, firstBin, endBin);
    return new VectorisedFft(frameSize, endBin);
  }

  /**
   * JTransforms; bins {@code firstBin..endBin-1}.
   *
   * @param frameSize an even number from 4 to 4096: for longer frames JTransforms starts threads
   * @throws IllegalArgumentException for any other frame size, or bins outside 0..frameSize/2
   */
  static RealFft jtransforms(int frameSize, int firstBin, int endBin) {
    checkBins(frameSize, firstBin, endBin);
    return new JTransformsFft(frameSize, firstBin, endBin);
  }

  private static void checkBins(int frameSize, int firstBin, int endBin) {
    if (firstBin < 0 || firstBin > endBin || endBin > frameSize / 2 + 1) {
      throw new IllegalArgumentException(
          "bins must be within 0.."
              + frameSize / 2
              + " (got "
              + firstBin
              + ".."
              + (endBin - 1)
              + ")");
    }
  }
}
