package org.incipit.fingerprint.match;

/** The slope of a signal at each of its values. */
final class Gradient {
  private Gradient() {}

  /**
   * Replaces each value by half the difference of its neighbours, the first and the last by the
   * difference from their only one, a single value by 0.
   */
  static void apply(float[] signal) {
    int last = signal.length - 1;
    if (last < 0) {
      return;
    }
    float before = signal[0];
    for (int k = 0; k < last; k++) {
      float here = signal[k];
      signal[k] = k == 0 ? signal[1] - here : (signal[k + 1] - before) / 2;
      before = here;
    }
    signal[last] = last == 0 ? 0 : signal[last] - before;
  }
}
