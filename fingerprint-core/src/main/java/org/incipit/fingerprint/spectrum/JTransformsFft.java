package org.incipit.fingerprint.spectrum;

import org.jtransforms.fft.DoubleFFT_1D;

/** JTransforms behind {@link RealFft}: at these sizes it runs on the calling thread. */
final class JTransformsFft implements RealFft {
  private static final int MAX_FRAME_SIZE = 4096;

  private final double[] window;
  private final int firstBin;
  private final int endBin;
  private final DoubleFFT_1D fft;
  private final double[] data;

  JTransformsFft(int frameSize, int firstBin, int endBin) {
    if (frameSize < 4 || frameSize > MAX_FRAME_SIZE || frameSize % 2 != 0) {
      throw new IllegalArgumentException(
          "frameSize must be an even number from 4 to "
              + MAX_FRAME_SIZE
              + " (got "
              + frameSize
              + ")");
    }
    this.window = HammingWindow.coefficients(frameSize);
    this.firstBin = firstBin;
    this.endBin = endBin;
    this.fft = new DoubleFFT_1D(frameSize);
    this.data = new double[frameSize];
    // Loads the classes that only a first transform does.
    fft.realForward(data);
  }

  @Override
  public void power(short[] samples, int from, double[] power) {
    for (int i = 0; i < data.length; i++) {
      data[i] = samples[from + i] * window[i];
    }
    fft.realForward(data);
    // The first bin and the last are real and share the first two places.
    int last = data.length / 2;
    power[0] = data[0] * data[0];
    power[last] = data[1] * data[1];
    for (int bin = Math.max(firstBin, 1); bin < Math.min(endBin, last); bin++) {
      double re = data[2 * bin];
      double im = data[2 * bin + 1];
      power[bin] = re * re + im * im;
    }
  }
}
