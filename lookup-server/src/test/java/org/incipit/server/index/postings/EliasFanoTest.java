package org.incipit.server.index.postings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EliasFanoTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final MemorySegment bytes = Arena.ofAuto().allocate(2L * EliasFano.MAX_BYTES);
  private final ByteBuffer buffer = bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);

  /** Ascending numbers, unsigned: dense, spread over any range, or in clusters. */
  private long[] numbers() {
    int count = 1 + random.nextInt(random.nextBoolean() ? 4 : EliasFano.BLOCK);
    int bits = random.nextInt(64);
    long base = random.nextLong() >>> random.nextInt(64);
    long gap = -1L >>> bits;
    long[] numbers = new long[count];
    numbers[0] = Long.remainderUnsigned(base, 1L << 62);
    for (int i = 1; i < count; i++) {
      long most = Math.max(1, Long.divideUnsigned(gap, count) >>> 1);
      long step = random.nextInt(8) == 0 ? 1 : 1 + (random.nextLong() >>> 1) % most;
      numbers[i] = numbers[i - 1] + step;
    }
    return numbers;
  }

  private int encode(long[] numbers) {
    int at = random.nextInt(64);
    buffer.clear().position(at);
    new EliasFanoEncoder().encode(numbers, 0, numbers.length, buffer);
    assertTrue(buffer.position() - at + 8 <= EliasFano.MAX_BYTES);
    // What stands behind a block must not matter.
    for (int i = buffer.position(); i < buffer.limit(); i++) {
      buffer.put(i, (byte) random.nextInt());
    }
    return at;
  }

  @Test
  void whatWasEncodedIsDecoded() {
    for (int i = 0; i < 20_000; i++) {
      long[] numbers = numbers();
      int at = encode(numbers);
      long[] decoded = new long[numbers.length];
      EliasFano.decode(bytes, at, numbers.length, numbers[0], decoded, 0);
      assertArrayEquals(numbers, decoded, "seed " + SEED + ", block " + i);
    }
  }

  @Test
  void anyRangeIsReadWithoutTheRest() {
    for (int i = 0; i < 20_000; i++) {
      long[] numbers = numbers();
      int at = encode(numbers);
      long base = numbers[0];
      int first = random.nextInt(numbers.length);
      int last = first + random.nextInt(numbers.length - first);
      long least = numbers[first] - base - (first > 0 && random.nextBoolean() ? 1 : 0);
      long most = numbers[last] - base;
      int[] expected =
          Arrays.stream(numbers)
              .map(number -> number - base)
              .filter(n -> Long.compareUnsigned(n, least) >= 0)
              .filter(n -> Long.compareUnsigned(n, most) <= 0)
              .mapToInt(n -> (int) n + 7)
              .toArray();
      int[] found = new int[EliasFano.BLOCK];
      long place = EliasFanoList.seek(bytes, at, least);
      int end = EliasFanoList.read(bytes, at, place, numbers.length, least, most, 7, found, 0);
      assertArrayEquals(expected, Arrays.copyOf(found, end), "seed " + SEED + ", block " + i);
      long one = EliasFanoList.find(bytes, at, place, numbers.length, least, most);
      assertEquals(expected[0] - 7, (int) one, "seed " + SEED + ", block " + i);
    }
  }

  @Test
  void whatIsGreaterThanAllIsNotFound() {
    for (int i = 0; i < 20_000; i++) {
      long[] numbers = numbers();
      int at = encode(numbers);
      long least = numbers[numbers.length - 1] - numbers[0] + 1 + (random.nextLong() >>> 2);
      long place = EliasFanoList.seek(bytes, at, least);
      int[] none = new int[1];
      assertEquals(0, EliasFanoList.read(bytes, at, place, numbers.length, least, -1, 0, none, 0));
      assertEquals(-1, EliasFanoList.find(bytes, at, place, numbers.length, least, -1));
    }
  }

  @Test
  void selectFindsEveryOne() {
    for (int i = 0; i < 10_000; i++) {
      long word = random.nextLong() & (random.nextBoolean() ? random.nextLong() : -1);
      int rank = 0;
      for (int bit = 0; bit < 64; bit++) {
        if ((word >>> bit & 1) != 0) {
          assertEquals(bit, EliasFano.select(word, ++rank), Long.toBinaryString(word));
        }
      }
    }
  }

  @Test
  void aReadEndsWhereTheArrayDoes() {
    long[] numbers = {5, 6, 7, 8};
    int at = encode(numbers);
    int[] two = new int[2];
    assertEquals(2, EliasFanoList.read(bytes, at, 0, 4, 0, 3, 5, two, 0));
    assertArrayEquals(new int[] {5, 6}, two);
  }
}
