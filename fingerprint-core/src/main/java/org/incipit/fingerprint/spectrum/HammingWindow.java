package org.incipit.fingerprint.spectrum;

/** The Hamming window, scaled so that full-scale 16-bit samples become ±1. */
final class HammingWindow {
  private static final double SCALE = 1.0 / Short.MAX_VALUE;

  private HammingWindow() {}

  static double[] coefficients(int size) {
    double[] window = new double[size];
    for (int i = 0; i < size; i++) {
      window[i] = SCALE * (0.54 - 0.46 * Math.cos(i * 2.0 * Math.PI / (size - 1)));
    }
    return window;
  }
}
