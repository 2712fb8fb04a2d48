package org.incipit.benchmarks;

import java.util.SplittableRandom;

/** Music-like audio to measure with: gliding tones and noise. */
final class TestSignal {
  private TestSignal() {}

  static short[] interleaved(int seconds, int rate, int channels) {
    SplittableRandom random = new SplittableRandom(42);
    short[] audio = new short[seconds * rate * channels];
    double[] phases = new double[6];
    double[] steps = new double[6];
    for (int frame = 0; frame < seconds * rate; frame++) {
      if (frame % (rate / 5) == 0) {
        for (int voice = 0; voice < steps.length; voice++) {
          steps[voice] = 2 * Math.PI * 60 * Math.pow(2, 5 * random.nextDouble()) / rate;
        }
      }
      double sum = random.nextDouble() - 0.5;
      for (int voice = 0; voice < steps.length; voice++) {
        phases[voice] += steps[voice];
        sum += Math.sin(phases[voice]);
      }
      for (int channel = 0; channel < channels; channel++) {
        audio[frame * channels + channel] = (short) (sum * (4000 - 300 * channel));
      }
    }
    return audio;
  }
}
