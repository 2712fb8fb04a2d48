package org.incipit.server.task;

import java.util.Random;

/** The randomness of tests: {@code -Dtests.seed} or a fixed seed. */
final class Seeds {
  private Seeds() {}

  static long seed() {
    return Long.getLong("tests.seed", 20_261_122);
  }

  /** For one round of a test. */
  static Random round(int round) {
    return new Random(seed() * 31 + round);
  }
}
