package org.incipit.fingerprint.spectrum;

import java.util.SplittableRandom;

/** Frames that are easy, hard or extreme for a Fourier transform. */
enum TestFrame {
  SILENCE {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return 0;
    }
  },
  CONSTANT {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return 16383;
    }
  },
  LOWEST {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return Short.MIN_VALUE;
    }
  },
  IMPULSE {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return i == size / 3 ? Short.MAX_VALUE : 0;
    }
  },
  ALTERNATING {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return i % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
  },
  SINE_ON_A_BIN {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return (short) (32767 * Math.sin(2 * Math.PI * 163 * i / size));
    }
  },
  SINE_BETWEEN_BINS {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return (short) (32767 * Math.sin(2 * Math.PI * 440 * i / 11025));
    }
  },
  SQUARE {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return i % 100 < 50 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
  },
  NOISE {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return (short) random.nextInt();
    }
  },
  FAINT_NOISE {
    @Override
    short sample(int i, int size, SplittableRandom random) {
      return (short) random.nextInt(-1, 2);
    }
  };

  abstract short sample(int i, int size, SplittableRandom random);

  short[] samples(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    short[] samples = new short[size];
    for (int i = 0; i < size; i++) {
      samples[i] = sample(i, size, random);
    }
    return samples;
  }
}
