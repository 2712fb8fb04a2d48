package org.incipit.decoder.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
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
    ShortPointer nativeIn = new ShortPointer(NativeMemory.zeros(2L * in.length));
    nativeIn.put(in, 0, in.length);
    try (PcmBuffer buffer = new PcmBuffer(16)) {
      int written = 0;
      int read = 0;
      while (read < in.length) {
        int n = Math.min(random.nextInt(3000), in.length - written);
        assertTrue(buffer.reserve(n));
        buffer.append(new ShortPointer(nativeIn).getPointer(written), n);
        written += n;
        int dropped = Math.min(random.nextInt(3), buffer.size());
        System.arraycopy(in, read, out, read, dropped);
        buffer.drop(dropped);
        read += dropped;
        read += buffer.take(out, read, Math.min(random.nextInt(3000), out.length - read));
        assertEquals(written - read, buffer.size(), "seed " + SEED);
      }
    } finally {
      NativeMemory.free(nativeIn);
    }
    assertArrayEquals(in, out, "seed " + SEED);
  }

  @Test
  void theTailIsWhereTheNextSamplesGo() {
    try (PcmBuffer buffer = new PcmBuffer(4)) {
      assertTrue(buffer.reserve(3));
      new ShortPointer(buffer.tail().get(BytePointer.class, 0)).put(new short[] {1, 2, 3}, 0, 3);
      buffer.appended(3);
      assertTrue(buffer.reserve(2));
      new ShortPointer(buffer.tail().get(BytePointer.class, 0)).put(new short[] {4, 5}, 0, 2);
      buffer.appended(2);
      short[] out = new short[7];
      assertEquals(5, buffer.take(out, 1, 6));
      assertEquals("[0, 1, 2, 3, 4, 5, 0]", Arrays.toString(out));
    }
  }

  @Test
  void aFrameOfAForgedSizeGetsNoMemory() {
    try (PcmBuffer buffer = new PcmBuffer(4)) {
      assertFalse(buffer.reserve(1L << 40));
      assertEquals(0, buffer.size());
    }
  }
}
