package org.incipit.fingerprint.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

/** Damaged fingerprints; {@code -Dtests.mutations=1000000} tries as many of each kind. */
class HostileFingerprintTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);
  private static final int MUTATIONS = Integer.getInteger("tests.mutations", 20_000);
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ é\u0000";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long allocated() {
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static Fingerprint original(Random random) {
    return FingerprintCodecLawsTest.random(random, random.nextInt(120), random.nextDouble());
  }

  /** Flips, cuts, repeats, inserts, or puts other bytes in their place; sometimes twice. */
  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] result = bytes;
    do {
      int at = random.nextInt(result.length + 1);
      switch (random.nextInt(6)) {
        case 0 -> {
          if (at < result.length) {
            result[at] ^= (byte) (1 << random.nextInt(8));
          }
        }
        case 1 -> result = Arrays.copyOf(result, at);
        case 2 -> {
          byte[] longer = Arrays.copyOf(result, result.length + 1 + random.nextInt(9));
          int shift = longer.length - result.length;
          System.arraycopy(longer, at, longer, at + shift, result.length - at);
          result = longer;
        }
        case 3 -> {
          byte[] others = new byte[random.nextInt(40)];
          random.nextBytes(others);
          System.arraycopy(others, 0, result, 0, Math.min(others.length, result.length));
        }
        case 4 -> {
          if (result.length >= 4) {
            result[1 + random.nextInt(3)] = (byte) random.nextInt();
          }
        }
        default -> Arrays.fill(result, at, result.length, (byte) random.nextInt());
      }
    } while (random.nextBoolean());
    return result;
  }

  @Test
  void damagedBytesAreRefusedOrReadAndCostNoMoreMemoryThanTheyJustify() {
    for (int round = -100; round < MUTATIONS; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      byte[] bytes = mutated(FingerprintCodec.compress(original(random)), random);
      long before = allocated();
      try {
        FingerprintCodec.decompress(bytes);
      } catch (FingerprintFormatException refused) {
        assertEquals(Math.min(bytes.length, refused.position()), refused.position());
      }
      long cost = allocated() - before;
      // The first rounds also pay for loading classes.
      assertTrue(
          round < 0 || cost <= 24L * bytes.length + 4096,
          cost + " bytes for " + bytes.length + ", seed " + seed);
    }
  }

  @Test
  void damagedTextIsRefusedOrReadAndWhatIsReadIsStable() throws Exception {
    int read = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      String text = mutated(FingerprintCodec.encode(original(random)), random);
      Fingerprint fingerprint;
      try {
        fingerprint = FingerprintCodec.decode(text);
      } catch (FingerprintFormatException refused) {
        continue;
      }
      read++;
      String again = FingerprintCodec.encode(fingerprint);
      assertEquals(fingerprint, FingerprintCodec.decode(again), "seed " + seed);
      assertEquals(again, FingerprintCodec.encode(FingerprintCodec.decode(again)));
    }
    assertTrue(read > MUTATIONS / 20, read + " of " + MUTATIONS + " still readable");
  }

  private static String mutated(String text, Random random) {
    StringBuilder result = new StringBuilder(text);
    do {
      int at = random.nextInt(result.length() + 1);
      char character = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(4)) {
        case 0 -> result.setLength(at);
        case 1 -> result.insert(at, character);
        case 2 -> result.delete(at, Math.min(at + 1 + random.nextInt(5), result.length()));
        default -> {
          if (at < result.length()) {
            result.setCharAt(at, character);
          }
        }
      }
    } while (random.nextBoolean());
    return result.toString();
  }

  @Test
  void randomBytesAreRefusedOrRead() {
    for (int round = 0; round < MUTATIONS; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 3 && random.nextBoolean()) {
        bytes[1] = 0;
        bytes[2] = 0;
        bytes[3] &= 0x1F;
      }
      PlainDecompressor expected = PlainDecompressor.read(bytes);
      try {
        Fingerprint fingerprint = FingerprintCodec.decompress(bytes);
        assertEquals(expected.fingerprint(), fingerprint, "seed " + seed);
      } catch (FingerprintFormatException refused) {
        assertTrue(expected.isRefused(), "seed " + seed + ": " + refused.getMessage());
      }
    }
  }

  @Test
  void aHugeSizeWithoutItemsAllocatesNothingForThem() {
    byte[] bytes = {1, -1, -1, -1, 0, 0, 0};
    for (int round = 0; round < 100; round++) {
      long before = allocated();
      try {
        FingerprintCodec.decompress(bytes);
      } catch (FingerprintFormatException refused) {
        assertEquals(bytes.length, refused.position());
      }
      long cost = allocated() - before;
      assertTrue(round < 50 || cost < 4096, cost + " bytes");
    }
  }
}
