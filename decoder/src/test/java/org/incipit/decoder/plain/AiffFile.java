package org.incipit.decoder.plain;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts AIFF files together, sound ones and others; and AU files, which are only a header. */
final class AiffFile {
  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
  private final String type;

  private AiffFile(String type) {
    this.type = type;
  }

  static AiffFile aiff() {
    return new AiffFile("AIFF");
  }

  static AiffFile aifc() {
    return new AiffFile("AIFC");
  }

  /** A whole AU file. */
  static byte[] au(int start, int size, int encoding, int rate, int channels, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(Math.max(start, 24) + data.length);
    file.put(".snd".getBytes(StandardCharsets.US_ASCII));
    file.putInt(start).putInt(size).putInt(encoding).putInt(rate).putInt(channels);
    return file.position(Math.max(start, 24)).put(data).array();
  }

  AiffFile common(int channels, int frames, int bits, int rate) {
    return chunk("COMM", common(channels, frames, bits, rate, 0).array());
  }

  AiffFile common(int channels, int frames, int bits, int rate, String codec) {
    ByteBuffer fields = common(channels, frames, bits, rate, 6);
    return chunk("COMM", fields.put(codec.getBytes(StandardCharsets.US_ASCII)).array());
  }

  private static ByteBuffer common(int channels, int frames, int bits, int rate, int more) {
    ByteBuffer fields = ByteBuffer.allocate(18 + more);
    fields.putShort((short) channels).putInt(frames).putShort((short) bits);
    // 80 bits: the exponent, then the mantissa with its first bit set.
    int shift = rate == 0 ? 0 : Long.numberOfLeadingZeros(rate);
    fields.putShort((short) (16383 + 63 - shift)).putLong((long) rate << shift);
    return fields;
  }

  AiffFile sound(int offset, byte[] data) {
    ByteBuffer content = ByteBuffer.allocate(8 + offset + data.length);
    return chunk("SSND", content.putInt(offset).position(8 + offset).put(data).array());
  }

  AiffFile chunk(String name, byte[] content) {
    chunks.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    chunks.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    chunks.writeBytes(content);
    if (content.length % 2 != 0) {
      chunks.write(0);
    }
    return this;
  }

  byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(12 + chunks.size());
    file.put("FORM".getBytes(StandardCharsets.US_ASCII)).putInt(4 + chunks.size());
    file.put(type.getBytes(StandardCharsets.US_ASCII)).put(chunks.toByteArray());
    return file.array();
  }
}
