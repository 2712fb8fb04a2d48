package org.incipit.fingerprint;

/** The audio of {@code testdata/library/record.c}: integers only, so the same everywhere. */
final class SyntheticAudio {
  private SyntheticAudio() {}

  /** Interleaved samples: four triangle waves whose pitches jump four times a second, and noise. */
  static short[] interleaved(int frames, int rate, int channels) {
    short[] pcm = new short[frames * channels];
    for (int c = 0; c < channels; c++) {
      int seed = 12345 + 777 * c;
      int[] phase = new int[4];
      int[] step = new int[4];
      for (int t = 0; t < frames; t++) {
        if (t % (rate / 4) == 0) {
          for (int v = 0; v < 4; v++) {
            seed = seed * 1664525 + 1013904223;
            long hertz = 60 + (seed >>> 16) % 1800;
            step[v] = (int) ((hertz << 32) / rate);
          }
        }
        int sum = 0;
        for (int v = 0; v < 4; v++) {
          phase[v] += step[v];
          int ramp = phase[v] >>> 16;
          sum += (ramp < 32768 ? ramp : 65535 - ramp) - 16384;
        }
        seed = seed * 1664525 + 1013904223;
        sum += (seed >>> 22) - 512;
        pcm[t * channels + c] = (short) (sum / 3);
      }
    }
    return pcm;
  }
}
