package org.incipit.fingerprint.spectrum;

/** The definition of a {@link RealFft}, summed as it stands: the reference for every engine. */
final class PlainDft {
  private final int size;
  private final double[] cos;
  private final double[] sin;

  PlainDft(int size) {
    this.size = size;
    cos = new double[size];
    sin = new double[size];
    for (int i = 0; i < size; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
      sin[i] = Math.sin(2 * Math.PI * i / size);
    }
  }

  double[] power(short[] samples, int from) {
    double[] windowed = new double[size];
    for (int i = 0; i < size; i++) {
      double hamming = 0.54 - 0.46 * Math.cos(2 * Math.PI * i / (size - 1));
      windowed[i] = samples[from + i] / 32767.0 * hamming;
    }
    double[] power = new double[size / 2 + 1];
    for (int bin = 0; bin < power.length; bin++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < size; i++) {
        int angle = (int) ((long) bin * i % size);
        re += windowed[i] * cos[angle];
        im -= windowed[i] * sin[angle];
      }
      power[bin] = re * re + im * im;
    }
    return power;
  }
}
