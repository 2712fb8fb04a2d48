package org.incipit.fingerprint.spectrum;

import org.jtransforms.fft.DoubleFFT_1D;

/** JTransforms behind {@link RealFft}: at these sizes it runs on the calling thread. */
final class JTransformsFft implements RealFft {
  private final double[] window;
  private final int firstBin;
  private final int endBin;
  private final DoubleFFT_1D fft;
  private final double[] data;

  JTransformsFft(int frameSize, int firstBin, int endBin) {
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
    for (int bin = firstBin; bin < endBin; bin++) {
      double re = data[2 * bin];
      double im = data[2 * bin + 1];
      power[bin] = re * re + im * im;
    }
  }
}
