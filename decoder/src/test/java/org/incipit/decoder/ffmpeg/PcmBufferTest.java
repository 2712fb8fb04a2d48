package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PcmBufferTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @BeforeAll
  static void load() {
    FfmpegLibraries.require();
  }

  @Test
  void whatGoesInComesOutInOrderHoweverItIsCut() {
    Random random = new Random(SEED);
    short[] in = new short[200_000];
    for (int i = 0; i < in.length; i++) {
      in[i] = (short) random.nextInt();
    }
    short[] out = new short[in.length];
    try (PcmBuffer buffer = new PcmBuffer(16)) {
      int written = 0;
      int read = 0;
      while (read < in.length) {
        int n = Math.min(random.nextInt(3000), in.length - written);
        assertTrue(buffer.reserve(n));
        append(buffer, in, written, n);
        written += n;
        int dropped = Math.min(random.nextInt(3), buffer.size());
        System.arraycopy(in, read, out, read, dropped);
        buffer.drop(dropped);
        read += dropped;
        read += buffer.take(out, read, Math.min(random.nextInt(3000), out.length - read));
        assertEquals(written - read, buffer.size(), "seed " + SEED);
      }
    }
    assertArrayEquals(in, out, "seed " + SEED);
  }

  @Test
  void theTailIsWhereTheNextSamplesGo() {
    try (PcmBuffer buffer = new PcmBuffer(4)) {
      assertTrue(buffer.reserve(3));
      append(buffer, new short[] {1, 2, 3}, 0, 3);
      assertTrue(buffer.reserve(2));
      append(buffer, new short[] {4, 5}, 0, 2);
      short[] out = new short[7];
      assertEquals(5, buffer.take(out, 1, 6));
      assertEquals("[0, 1, 2, 3, 4, 5, 0]", Arrays.toString(out));
    }
  }

  private static void append(PcmBuffer buffer, short[] samples, int offset, int length) {
    BytePointer tail = buffer.tail().get(BytePointer.class, 0);
    new ShortPointer(tail).put(samples, offset, length);
    buffer.appended(length);
  }

  @Test
  void aFrameOfAForgedSizeGetsNoMemory() {
    try (PcmBuffer buffer = new PcmBuffer(4)) {
      assertFalse(buffer.reserve(1L << 40));
      assertEquals(0, buffer.size());
    }
  }

  @Test
  void roomThatCouldNotBeAllocatedIsNotCountedOn() {
    try (PcmBuffer buffer = new PcmBuffer(4)) {
      avutil.av_max_alloc(1 << 20);
      try {
        assertThrows(OutOfMemoryError.class, () -> buffer.reserve(1 << 20));
        assertThrows(OutOfMemoryError.class, () -> buffer.reserve(1 << 20));
      } finally {
        avutil.av_max_alloc(FfmpegLibraries.MAX_ALLOCATION);
      }
    }
  }
}
