package org.incipit.decoder.plain;

/**
 * Mixes channels to one as swresample does. Channels that are not heard are left out: a "plane"
 * holds the samples of a channel that is.
 */
final class MonoMatrix {
  private static final int SHIFT = 15;
  private static final int HALF = 1 << (SHIFT - 1);

  private final int sourceChannels;
  private final int[] heard;
  private final double[] gains;
  private final int[] integerGains;

  /**
   * @param gains of every channel, not all of them 0
   */
  MonoMatrix(double[] gains) {
    sourceChannels = gains.length;
    int count = 0;
    for (double gain : gains) {
      count += gain != 0 ? 1 : 0;
    }
    heard = new int[count];
    this.gains = new double[count];
    int plane = 0;
    for (int channel = 0; channel < gains.length; channel++) {
      if (gains[channel] != 0) {
        heard[plane] = channel;
        this.gains[plane++] = gains[channel];
      }
    }
    integerGains = integerGains(this.gains);
  }

  private static int[] integerGains(double[] gains) {
    int[] rounded = new int[gains.length];
    // For one or two channels swresample hands the rounding error on to the next.
    boolean carries = gains.length <= 2;
    double carry = 0;
    for (int i = 0; i < gains.length; i++) {
      double exact = gains[i] * (1 << SHIFT) + carry;
      rounded[i] = (int) Math.rint((float) exact);
      carry = carries ? exact - rounded[i] : 0;
    }
    return rounded;
  }

  /** How many channels are heard. */
  int planes() {
    return heard.length;
  }

  /** Frames {@code from} and on of interleaved samples, to the planes from {@code at} on. */
  void split(short[] interleaved, int from, int count, int[][] planes, int at) {
    for (int plane = 0; plane < heard.length; plane++) {
      int[] samples = planes[plane];
      int source = from * sourceChannels + heard[plane];
      for (int i = 0; i < count; i++) {
        samples[at + i] = interleaved[source + i * sourceChannels];
      }
    }
  }

  /** Frames {@code from} and on of interleaved samples, to the planes from {@code at} on. */
  void split(double[] interleaved, int from, int count, double[][] planes, int at) {
    for (int plane = 0; plane < heard.length; plane++) {
      double[] samples = planes[plane];
      int source = from * sourceChannels + heard[plane];
      for (int i = 0; i < count; i++) {
        samples[at + i] = interleaved[source + i * sourceChannels];
      }
    }
  }

  /** Mixes in integers; what exceeds 16 bits wraps around. */
  void mix(int[][] planes, int count, short[] into, int offset) {
    if (planes.length == 1) {
      int[] only = planes[0];
      int gain = integerGains[0];
      for (int i = 0; i < count; i++) {
        into[offset + i] = (short) ((only[i] * gain + HALF) >> SHIFT);
      }
    } else if (planes.length == 2) {
      int[] first = planes[0];
      int[] second = planes[1];
      int firstGain = integerGains[0];
      int secondGain = integerGains[1];
      for (int i = 0; i < count; i++) {
        into[offset + i] =
            (short) ((first[i] * firstGain + second[i] * secondGain + HALF) >> SHIFT);
      }
    } else {
      for (int i = 0; i < count; i++) {
        int sum = HALF;
        for (int plane = 0; plane < planes.length; plane++) {
          sum += planes[plane][i] * integerGains[plane];
        }
        into[offset + i] = (short) (sum >> SHIFT);
      }
    }
  }

  /**
   * Mixes in floating point.
   *
   * @param single whether every step is rounded to single precision
   */
  void mix(double[][] planes, int count, boolean single, short[] into, int offset) {
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int plane = 0; plane < planes.length; plane++) {
        if (single) {
          sum = (float) sum + (float) planes[plane][i] * (float) gains[plane];
        } else {
          sum += planes[plane][i] * gains[plane];
        }
      }
      into[offset + i] = SampleEncoding.saturate(sum);
    }
  }
}
