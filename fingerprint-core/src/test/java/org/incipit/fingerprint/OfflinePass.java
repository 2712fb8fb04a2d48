package org.incipit.fingerprint;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * The fingerprint of TEST2 computed the plain way, everything at once: no rings, no blocks,
 * positions as long integers. Slow, and shares no code with the stages.
 */
final class OfflinePass {
  private static final int FRAME = 4096;
  private static final int HOP = 1365;
  private static final int FIRST_BIN = 10;
  private static final int END_BIN = 1308;

  private OfflinePass() {}

  /** Mono input that repeats {@code loop} for {@code length} samples, converted to 11 025 Hz. */
  static short[] resample(short[] loop, long length, int rate) {
    double factor = Math.min(11025 * 0.8 / rate, 1.0);
    int taps = (int) Math.max(Math.ceil(16 / factor), 1);
    int center = (taps - 1) / 2;
    short[][] filter = filter(factor, taps, center);
    short[] extended = new short[loop.length + taps];
    for (int i = 0; i < extended.length; i++) {
      extended[i] = loop[i % loop.length];
    }
    // Output k stands at floor(k · rate · 256 / 11025) − 256 · center, in 1/256 of an input sample.
    long available = (length - taps + 1 + center) * 11025;
    int outputs = (int) ((available + rate - 1) / rate);
    short[] out = new short[outputs];
    for (int k = 0; k < outputs; k++) {
      long index = Math.floorDiv((long) k * rate * 256, 11025L) - 256L * center;
      short[] phase = filter[(int) (index & 255)];
      long s = index >> 8;
      int sum = 0;
      if (s < 0) {
        for (int i = 0; i < taps; i++) {
          sum += extended[(int) Math.abs(s + i)] * phase[i];
        }
      } else {
        int at = (int) (s % loop.length);
        for (int i = 0; i < taps; i++) {
          sum += extended[at + i] * phase[i];
        }
      }
      out[k] = (short) Math.max(-32768, Math.min(32767, (sum + 16384) >> 15));
    }
    return out;
  }

  private static short[][] filter(double factor, int taps, int center) {
    short[][] filter = new short[256][taps];
    double[] row = new double[taps];
    for (int phase = 0; phase < 256; phase++) {
      double norm = 0;
      for (int i = 0; i < taps; i++) {
        double x = Math.PI * ((i - center) - phase / 256.0) * factor;
        double y = x == 0 ? 1.0 : Math.sin(x) / x;
        double w = 2.0 * x / (factor * taps * Math.PI);
        row[i] = y * besselI0(9 * Math.sqrt(Math.max(1 - w * w, 0)));
        norm += row[i];
      }
      for (int i = 0; i < taps; i++) {
        double rounded = Math.rint((float) (row[i] * 32768 / norm));
        filter[phase][i] = (short) Math.max(-32768, Math.min(32767, rounded));
      }
    }
    return filter;
  }

  private static double besselI0(double x) {
    double z = x * x / 4;
    double term = 1;
    double sum = 1;
    double before = 0;
    for (int k = 1; sum != before; k++) {
      before = sum;
      term *= z / ((double) k * k);
      sum += term;
    }
    return sum;
  }

  /** The sub-fingerprints of mono audio at 11 025 Hz. */
  static int[] items(short[] audio) {
    int frames = audio.length < FRAME ? 0 : (audio.length - FRAME) / HOP + 1;
    double[] window = new double[FRAME];
    int[] classOfBin = new int[END_BIN];
    for (int i = 0; i < FRAME; i++) {
      window[i] = 1.0 / 32767 * (0.54 - 0.46 * Math.cos(i * 2.0 * Math.PI / (FRAME - 1)));
    }
    for (int bin = FIRST_BIN; bin < END_BIN; bin++) {
      double octave = Math.log(bin * 11025.0 / FRAME / 27.5) / Math.log(2);
      classOfBin[bin] = (int) (12 * (octave - Math.floor(octave)));
    }
    DoubleFFT_1D fft = new DoubleFFT_1D(FRAME);
    double[] data = new double[FRAME];
    double[][] chroma = new double[frames][12];
    for (int frame = 0; frame < frames; frame++) {
      for (int i = 0; i < FRAME; i++) {
        data[i] = audio[frame * HOP + i] * window[i];
      }
      fft.realForward(data);
      for (int bin = FIRST_BIN; bin < END_BIN; bin++) {
        chroma[frame][classOfBin[bin]] +=
            data[2 * bin] * data[2 * bin] + data[2 * bin + 1] * data[2 * bin + 1];
      }
    }
    return classify(integral(smoothAndNormalize(chroma)));
  }

  private static double[][] smoothAndNormalize(double[][] chroma) {
    double[] taps = {0.25, 0.75, 1.0, 0.75, 0.25};
    double[][] rows = new double[Math.max(chroma.length - 4, 0)][12];
    for (int t = 0; t < rows.length; t++) {
      double squares = 0;
      for (int c = 0; c < 12; c++) {
        for (int j = 0; j < 5; j++) {
          rows[t][c] += chroma[t + j][c] * taps[j];
        }
        squares += rows[t][c] * rows[t][c];
      }
      double norm = Math.sqrt(squares);
      for (int c = 0; c < 12; c++) {
        rows[t][c] = norm < 0.01 ? 0 : rows[t][c] / norm;
      }
    }
    return rows;
  }

  private static double[][] integral(double[][] rows) {
    for (int t = 0; t < rows.length; t++) {
      for (int c = 1; c < 12; c++) {
        rows[t][c] = rows[t][c - 1] + rows[t][c];
      }
      for (int c = 0; t > 0 && c < 12; c++) {
        rows[t][c] = rows[t - 1][c] + rows[t][c];
      }
    }
    return rows;
  }

  // type, first pitch, pitches, rows, three thresholds
  private static final double[][] CLASSIFIERS = {
    {0, 4, 3, 15, 1.98215, 2.35817, 2.63523},
    {4, 4, 6, 15, -1.03809, -0.651211, -0.282167},
    {1, 0, 4, 16, -0.298702, 0.119262, 0.558497},
    {3, 8, 2, 12, -0.105439, 0.0153946, 0.135898},
    {3, 4, 4, 8, -0.142891, 0.0258736, 0.200632},
    {4, 0, 3, 5, -0.826319, -0.590612, -0.368214},
    {1, 2, 2, 9, -0.557409, -0.233035, 0.0534525},
    {2, 7, 3, 4, -0.0646826, 0.00620476, 0.0784847},
    {2, 6, 2, 16, -0.192387, -0.029699, 0.215855},
    {2, 1, 3, 2, -0.0397818, -0.00568076, 0.0292026},
    {5, 10, 1, 15, -0.53823, -0.369934, -0.190235},
    {3, 6, 2, 10, -0.124877, 0.0296483, 0.139239},
    {2, 1, 1, 14, -0.101475, 0.0225617, 0.231971},
    {3, 5, 6, 4, -0.0799915, -0.00729616, 0.063262},
    {1, 9, 2, 12, -0.272556, 0.019424, 0.302559},
    {3, 4, 2, 14, -0.164292, -0.0321188, 0.0846339},
  };

  private static int[] classify(double[][] sums) {
    int[] items = new int[Math.max(sums.length - 15, 0)];
    int[] gray = {0, 1, 3, 2};
    for (int x = 0; x < items.length; x++) {
      for (double[] k : CLASSIFIERS) {
        double value = compare(sums, x, (int) k[0], (int) k[1], (int) k[2], (int) k[3]);
        int range = value < k[5] ? (value < k[4] ? 0 : 1) : (value < k[6] ? 2 : 3);
        items[x] = items[x] << 2 | gray[range];
      }
    }
    return items;
  }

  private static double compare(double[][] s, int x, int type, int y, int h, int w) {
    int endX = x + w;
    int endY = y + h;
    double a;
    double b;
    if (type == 0) {
      a = area(s, x, y, endX, endY);
      b = 0;
    } else if (type == 1) {
      a = area(s, x, y + h / 2, endX, endY);
      b = area(s, x, y, endX, y + h / 2);
    } else if (type == 2) {
      a = area(s, x + w / 2, y, endX, endY);
      b = area(s, x, y, x + w / 2, endY);
    } else if (type == 3) {
      a = area(s, x, y + h / 2, x + w / 2, endY) + area(s, x + w / 2, y, endX, y + h / 2);
      b = area(s, x, y, x + w / 2, y + h / 2) + area(s, x + w / 2, y + h / 2, endX, endY);
    } else if (type == 4) {
      a = area(s, x, y + h / 3, endX, y + 2 * (h / 3));
      b = area(s, x, y, endX, y + h / 3) + area(s, x, y + 2 * (h / 3), endX, endY);
    } else {
      a = area(s, x + w / 3, y, x + 2 * (w / 3), endY);
      b = area(s, x, y, x + w / 3, endY) + area(s, x + 2 * (w / 3), y, endX, endY);
    }
    return Math.log((1.0 + a) / (1.0 + b));
  }

  private static double area(double[][] s, int r1, int c1, int r2, int c2) {
    if (r1 == r2 || c1 == c2) {
      return 0;
    }
    double value = s[r2 - 1][c2 - 1];
    if (r1 == 0) {
      return c1 == 0 ? value : value - s[r2 - 1][c1 - 1];
    }
    value -= s[r1 - 1][c2 - 1];
    return c1 == 0 ? value : value - s[r2 - 1][c1 - 1] + s[r1 - 1][c1 - 1];
  }
}
