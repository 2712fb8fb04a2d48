package org.incipit.decoder.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleEncodingTest {
  @ParameterizedTest
  @CsvSource({
    "s8, 7f80ff00, 32512 -32768 -256 0",
    "u8, ff007f80, 32512 -32768 -256 0",
    "s16le, ff7f0080ffff0100, 32767 -32768 -1 1",
    "s16be, 7fff8000ffff0001, 32767 -32768 -1 1",
    "u16le, ffff0000ff7f0180, 32767 -32768 -1 1",
    "u16be, ffff00007fff8001, 32767 -32768 -1 1",
    "s24le, ffff7f000080ffffff00ff01, 32767 -32768 -1 511",
    "s24be, 7fffff800000ffffff01ff00, 32767 -32768 -1 511",
    "u24le, ffffff000000ffff7f, 32767 -32768 -1",
    "u24be, ffffff0000007fffff, 32767 -32768 -1",
    "s32le, ffffff7f00000080ffffffffffff0100, 32767 -32768 -1 1",
    "s32be, 7fffffff80000000ffffffff0001ffff, 32767 -32768 -1 1",
    "u32le, ffffffff00000000ffffff7f, 32767 -32768 -1",
    "u32be, ffffffff000000007fffffff, 32767 -32768 -1",
    "f32le, 0000803f000080bf0000003f00000000, 32767 -32768 16384 0",
    "f32be, 3f800000bf8000003f00000000000000, 32767 -32768 16384 0",
    "f64le, 000000000000f03f000000000000e0bf, 32767 -16384",
    "f64be, 3ff0000000000000bfe0000000000000, 32767 -16384",
    "mulaw, 00807fff, -32124 32124 0 0",
    "alaw, d555aa2a, 8 -8 32256 -32256"
  })
  void sixteenBitsComeFromEveryEncoding(String name, String hex, String expected) {
    SampleEncoding encoding = SampleEncoding.named(name).orElseThrow();
    assertEquals(name, encoding.name());
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    int count = bytes.remaining() / encoding.bytes();
    short[] out = new short[count];
    encoding.toShorts(bytes, out, count);
    StringBuilder shown = new StringBuilder();
    for (short sample : out) {
      shown.append(sample).append(' ');
    }
    assertEquals(expected, shown.toString().trim());
    assertEquals(0, bytes.remaining());
  }

  @Test
  void floatingPointIsRoundedToEven() {
    double lsb = 1.0 / 32768;
    assertEquals(0, SampleEncoding.saturate(0.5 * lsb));
    assertEquals(2, SampleEncoding.saturate(1.5 * lsb));
    assertEquals(0, SampleEncoding.saturate(-0.5 * lsb));
    assertEquals(32767, SampleEncoding.saturate(1e30));
    assertEquals(-32768, SampleEncoding.saturate(Double.NEGATIVE_INFINITY));
    assertEquals(0, SampleEncoding.saturate(Double.NaN));
  }

  @Test
  void wideIntegersAreFractionsInSinglePrecision() {
    double[] out = new double[2];
    ByteBuffer bytes = ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(1 << 30).flip();
    SampleEncoding.named("s32be").orElseThrow().toDoubles(bytes, out, 2);
    assertArrayEquals(new double[] {1, 0.5}, out);
    bytes = ByteBuffer.wrap(new byte[] {0, 0, 1, (byte) 0x80, 0, 0});
    SampleEncoding.named("s24be").orElseThrow().toDoubles(bytes, out, 2);
    assertArrayEquals(new double[] {0x1p-23, -1}, out);
  }

  @Test
  void narrowEncodingsAreFractionsToo() {
    double[] out = new double[1];
    for (String name : new String[] {"s8", "s16be", "alaw", "mulaw"}) {
      SampleEncoding encoding = SampleEncoding.named(name).orElseThrow();
      byte[] bytes = {0x15, 0x2a};
      short[] expected = new short[1];
      encoding.toShorts(ByteBuffer.wrap(bytes), expected, 1);
      encoding.toDoubles(ByteBuffer.wrap(bytes), out, 1);
      assertEquals(expected[0] / 32768.0, out[0], name);
    }
  }

  @Test
  void theLawsAreOddAndRiseWithTheirCode() {
    for (int code = 0; code < 128; code++) {
      assertEquals(-Companding.MU_LAW[code], Companding.MU_LAW[code + 128]);
      assertEquals(-Companding.A_LAW[code], Companding.A_LAW[code + 128]);
    }
    for (int code = 1; code < 128; code++) {
      assertTrue(Companding.MU_LAW[code] > Companding.MU_LAW[code - 1]);
      assertTrue(Companding.A_LAW[code ^ 0x55] < Companding.A_LAW[code - 1 ^ 0x55]);
    }
  }

  @Test
  void thereIsNoEncodingOfAnotherName() {
    for (String name : new String[] {"", "s16", "s40le", "f24le", "s64le", "pcm_s16le", "mp3"}) {
      assertTrue(SampleEncoding.named(name).isEmpty(), name);
    }
  }
}
