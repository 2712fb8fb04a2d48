package org.incipit.benchmarks.service;

import java.util.SplittableRandom;
import org.incipit.benchmarks.IndexCorpus;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;

/**
 * Synthetic fingerprints of 120 s, by number: each hash keeps some classifiers of the one before
 * and draws the others anew, distributed as {@link IndexCorpus} says, so that a compressed one has
 * 2.8 KB; music has 2.5.
 */
final class Recordings {
  /** Hashes of each. */
  static final int SIZE = 948;

  private static final long SEED = 20_261_123;
  private static final int SHORTEST = 120;
  private static final int LENGTHS = 360;
  private static final int EVERY_SECOND_BIT = 0x5555_5555;

  private final IndexCorpus corpus = new IndexCorpus();

  /** A recording that differs from all others. */
  Fingerprint of(long number) {
    SplittableRandom random = random(number);
    int[] hashes = new int[SIZE];
    int last = corpus.hash(random) | random.nextInt(16);
    for (int i = 0; i < SIZE; i++) {
      long bits = random.nextLong();
      // Each of the sixteen classifiers is drawn anew with a probability of 5/16.
      int drawn = (int) (bits & ((bits >>> 16) | ((bits >>> 32) & (bits >>> 48)))) & 0xFFFF;
      int mask = 3 * Integer.expand(drawn, EVERY_SECOND_BIT);
      last ^= (last ^ (corpus.hash(random) | (int) (bits >>> 60))) & mask;
      hashes[i] = last;
    }
    return Fingerprint.of(Algorithm.DEFAULT, hashes);
  }

  /** Whole seconds of the file that it is from. */
  static int duration(long number) {
    return SHORTEST + Math.floorMod(number, LENGTHS);
  }

  /** Another encoding of it: every twentieth bit is wrong, up to five seconds of the start gone. */
  Fingerprint heard(long number, long seed) {
    SplittableRandom random = random(seed ^ number << 20);
    int[] hashes = of(number).toArray();
    int from = random.nextInt(40);
    int[] heard = new int[SIZE - from];
    for (int i = 0; i < heard.length; i++) {
      heard[i] = hashes[from + i] ^ errors(random);
    }
    return Fingerprint.of(Algorithm.DEFAULT, heard);
  }

  /** A twentieth of the bits is set, on average. */
  private static int errors(SplittableRandom random) {
    long bits = random.nextLong();
    long more = random.nextLong();
    int sixteenth = (int) (bits & (bits >>> 32) & more & (more >>> 32));
    return random.nextInt(5) == 0 ? 0 : sixteenth;
  }

  private static SplittableRandom random(long number) {
    return new SplittableRandom(SEED ^ number * 0x9E37_79B9_7F4A_7C15L);
  }
}
