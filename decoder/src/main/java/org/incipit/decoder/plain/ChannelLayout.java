package org.incipit.decoder.plain;

import java.util.Map;
import java.util.Optional;

/**
 * Which loudspeaker each channel is for.
 *
 * @param channels at least 1
 * @param speakers a bit for each channel, in their order, as in a WAVE file's channel mask; 0 if
 *     nobody knows
 */
record ChannelLayout(int channels, int speakers) {
  private static final int FRONT_LEFT = 0x1;
  private static final int FRONT_RIGHT = 0x2;
  private static final int FRONT_CENTRE = 0x4;
  private static final int BACK = 0x130;
  private static final int SIDE = 0x600;
  private static final int FRONT_INNER = 0xc0;

  /** Two of a kind, of which none comes alone. */
  private static final int[] PAIRS = {FRONT_LEFT | FRONT_RIGHT, 0x30, FRONT_INNER, SIDE};

  /** What FFmpeg takes for granted when only a count of channels is told: 1 to 8. */
  private static final int[] USUAL = {0x4, 0x3, 0xb, 0x107, 0x37, 0x3f, 0x70f, 0x63f};

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0x4, "mono"),
          Map.entry(0x3, "stereo"),
          Map.entry(0xb, "2.1"),
          Map.entry(0x7, "3.0"),
          Map.entry(0x103, "3.0(back)"),
          Map.entry(0x107, "4.0"),
          Map.entry(0x33, "quad"),
          Map.entry(0x603, "quad(side)"),
          Map.entry(0xf, "3.1"),
          Map.entry(0x37, "5.0"),
          Map.entry(0x607, "5.0(side)"),
          Map.entry(0x10f, "4.1"),
          Map.entry(0x3f, "5.1"),
          Map.entry(0x60f, "5.1(side)"),
          Map.entry(0x707, "6.0"),
          Map.entry(0x6c3, "6.0(front)"),
          Map.entry(0x137, "hexagonal"),
          Map.entry(0x70f, "6.1"),
          Map.entry(0x13f, "6.1(back)"),
          Map.entry(0x6cb, "6.1(front)"),
          Map.entry(0x637, "7.0"),
          Map.entry(0x6c7, "7.0(front)"),
          Map.entry(0x63f, "7.1"),
          Map.entry(0xff, "7.1(wide)"),
          Map.entry(0x6cf, "7.1(wide-side)"),
          Map.entry(0x737, "octagonal"));

  /** The layout that a file means by its mask, or the usual one if the mask does not fit. */
  static ChannelLayout of(int channels, int mask) {
    if (Integer.bitCount(mask) == channels) {
      return new ChannelLayout(channels, mask);
    }
    return new ChannelLayout(channels, channels <= USUAL.length ? USUAL[channels - 1] : 0);
  }

  /** FFmpeg's name of it where it has one. */
  String name() {
    String name = NAMES.get(speakers);
    return name != null ? name : channels + " channels";
  }

  /**
   * How much of each channel goes into one: swresample's matrix, their magnitudes summing up to at
   * most 1. Empty where it has none: nothing in front, half a pair, speakers unknown.
   */
  Optional<double[]> gainsToMono() {
    if (channels == 1) {
      return Optional.of(new double[] {1});
    }
    boolean front =
        (speakers & FRONT_CENTRE) != 0
            || (speakers & (FRONT_LEFT | FRONT_RIGHT)) == (FRONT_LEFT | FRONT_RIGHT);
    if (!front) {
      return Optional.empty();
    }
    for (int pair : PAIRS) {
      if (Integer.bitCount(speakers & pair) == 1) {
        return Optional.empty();
      }
    }
    double[] gains = new double[channels];
    double sum = 0;
    int rest = speakers;
    for (int channel = 0; channel < channels; channel++) {
      gains[channel] = gain(Integer.lowestOneBit(rest));
      sum += gains[channel];
      rest &= rest - 1;
    }
    for (int channel = 0; sum > 1 && channel < channels; channel++) {
      gains[channel] /= sum;
    }
    return Optional.of(gains);
  }

  private static double gain(int speaker) {
    if (speaker == FRONT_CENTRE) {
      return 1;
    }
    if ((speaker & (FRONT_LEFT | FRONT_RIGHT | FRONT_INNER)) != 0) {
      return Math.sqrt(0.5);
    }
    // Neither the low-frequency channel nor those above the listener are heard.
    return (speaker & (BACK | SIDE)) != 0 ? 0.5 : 0;
  }
}
