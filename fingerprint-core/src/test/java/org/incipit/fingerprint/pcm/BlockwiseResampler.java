package org.incipit.fingerprint.pcm;

import java.util.Arrays;

/**
 * libchromaprint's buffer and resampler, told the plain way: a buffer of 32 768 input samples is
 * converted when it is full and at the end, to at most 32 768 output samples each time. Slow, and
 * shares no code with the stage.
 */
final class BlockwiseResampler {
  private static final int CAPACITY = 32768;
  private static final int OUTPUT_RATE = 11025;

  private final int rate;
  private final int taps;
  private final short[][] filter = new short[256][];
  private final short[] buffer = new short[CAPACITY];
  private int buffered;
  private long index;
  private int frac;
  private final CollectingSink output = new CollectingSink();

  BlockwiseResampler(int rate) {
    this.rate = rate;
    double factor = Math.min(OUTPUT_RATE * 0.8 / rate, 1.0);
    taps = (int) Math.max(Math.ceil(16 / factor), 1);
    int center = (taps - 1) / 2;
    for (int phase = 0; phase < 256; phase++) {
      filter[phase] = phase(phase, factor, center);
    }
    index = -256L * center;
  }

  int taps() {
    return taps;
  }

  CollectingSink output() {
    return output;
  }

  void feed(short[] samples) {
    for (short sample : samples) {
      buffer[buffered++] = sample;
      if (buffered == CAPACITY) {
        convert();
      }
    }
  }

  void finish() {
    if (buffered > 0) {
      convert();
    }
  }

  private void convert() {
    short[] made = new short[CAPACITY];
    int count = 0;
    while (count < CAPACITY) {
      short[] coefficients = filter[(int) (index & 255)];
      int sample = (int) (index >> 8);
      int sum = 0;
      if (sample < 0) {
        for (int i = 0; i < taps; i++) {
          sum += buffer[Math.abs(sample + i) % buffered] * coefficients[i];
        }
      } else if (sample + taps > buffered) {
        break;
      } else {
        for (int i = 0; i < taps; i++) {
          sum += buffer[sample + i] * coefficients[i];
        }
      }
      made[count++] = (short) Math.max(-32768, Math.min(32767, (sum + 16384) >> 15));
      index += rate * 256L / OUTPUT_RATE;
      frac += (int) (rate * 256L % OUTPUT_RATE);
      if (frac >= OUTPUT_RATE) {
        frac -= OUTPUT_RATE;
        index++;
      }
    }
    output.pcm(made, 0, count);
    int consumed = (int) (Math.max(index, 0) >> 8);
    if (index >= 0) {
      index &= 255;
    }
    System.arraycopy(Arrays.copyOf(buffer, buffered), consumed, buffer, 0, buffered - consumed);
    buffered -= consumed;
  }

  private short[] phase(int phase, double factor, int center) {
    double[] y = new double[taps];
    double norm = 0;
    for (int i = 0; i < taps; i++) {
      double x = Math.PI * ((i - center) - phase / 256.0) * factor;
      double w = 2.0 * x / (factor * taps * Math.PI);
      y[i] = (x == 0 ? 1 : Math.sin(x) / x) * bessel(9 * Math.sqrt(Math.max(1 - w * w, 0)));
      norm += y[i];
    }
    short[] coefficients = new short[taps];
    for (int i = 0; i < taps; i++) {
      double rounded = Math.rint((float) (y[i] * 32768 / norm));
      coefficients[i] = (short) Math.max(-32768, Math.min(32767, rounded));
    }
    return coefficients;
  }

  private static double bessel(double x) {
    double sum = 0;
    double term = 1;
    for (int k = 1; sum + term != sum; k++) {
      sum += term;
      term = term * (x * x / 4) / (k * (double) k);
    }
    return sum;
  }
}
