package org.incipit.decoder.plain;

/** The signals of testdata/plain, as its README.md tells them. */
final class Signal {
  private long state;

  private Signal(long seed) {
    state = seed;
  }

  static short[] of(String kind, int frames, int channels, long seed) {
    Signal signal = new Signal(seed);
    return switch (kind) {
      case "noise" -> signal.noise(frames * channels);
      case "square" -> signal.square(frames, channels);
      case "walk" -> signal.walk(frames, channels);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private int draw() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (int) (state >> 48);
  }

  private short[] noise(int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) draw();
    }
    return samples;
  }

  private short[] square(int frames, int channels) {
    short[] samples = new short[frames * channels];
    short held = 0;
    int left = 0;
    for (int i = 0; i < samples.length; i++) {
      if (i % channels == 0 && left-- == 0) {
        held = draw() < 0 ? Short.MIN_VALUE : Short.MAX_VALUE;
        left = draw() & 63;
      }
      samples[i] = held;
    }
    return samples;
  }

  private short[] walk(int frames, int channels) {
    short[] samples = new short[frames * channels];
    for (int i = 0; i < samples.length; i++) {
      int before = i < channels ? 0 : samples[i - channels];
      samples[i] = (short) Math.max(-32768, Math.min(32767, before + (draw() >> 4)));
    }
    return samples;
  }
}
