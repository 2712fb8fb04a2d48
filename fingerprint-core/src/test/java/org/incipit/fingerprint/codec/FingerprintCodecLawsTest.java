package org.incipit.fingerprint.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.incipit.fingerprint.Fingerprint;
import org.junit.jupiter.api.Test;

class FingerprintCodecLawsTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  /** Items whose neighbours differ in about {@code density} of their bits. */
  static Fingerprint random(Random random, int size, double density) {
    int[] items = new int[size];
    int item = random.nextInt();
    for (int i = 0; i < size; i++) {
      for (int bit = 0; bit < 32; bit++) {
        item ^= random.nextDouble() < density ? 1 << bit : 0;
      }
      items[i] = item;
    }
    return Fingerprint.ofId(random.nextInt(256), items);
  }

  @Test
  void whatWasCompressedComesBackWhateverItsDensity() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 2000; round++) {
      Fingerprint fingerprint = random(random, random.nextInt(60), round % 101 / 100.0);
      String text = FingerprintCodec.encode(fingerprint);
      assertEquals(fingerprint, FingerprintCodec.decode(text), "seed " + SEED);
      assertEquals(
          new FingerprintHeader(fingerprint.algorithmId(), fingerprint.size()),
          FingerprintCodec.decodeHeader(text));
    }
  }

  @Test
  void theBytesAreThoseOfAPlainReadingOfTheGrammar() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2000; round++) {
      Fingerprint fingerprint = random(random, random.nextInt(60), round % 101 / 100.0);
      assertArrayEquals(
          PlainCompressor.compress(fingerprint),
          FingerprintCodec.compress(fingerprint),
          "seed " + SEED);
    }
  }

  @Test
  void dropOneByteAndItIsNoFingerprintAnyMore() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      byte[] bytes =
          FingerprintCodec.compress(random(random, 1 + random.nextInt(60), round % 101 / 100.0));
      for (int length = 0; length < bytes.length; length++) {
        int cut = length;
        assertThrows(
            FingerprintFormatException.class,
            () -> FingerprintCodec.decompress(bytes, 0, cut),
            "seed " + SEED);
      }
    }
  }
}
