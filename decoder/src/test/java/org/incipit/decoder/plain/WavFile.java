package org.incipit.decoder.plain;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Puts WAVE files together, sound ones and others. */
final class WavFile {
  static final int UNKNOWN = -1;

  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
  private final ByteOrder order;
  private final String tag;

  private WavFile(String tag) {
    this.tag = tag;
    order = tag.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  static WavFile riff() {
    return new WavFile("RIFF");
  }

  static WavFile tagged(String tag) {
    return new WavFile(tag);
  }

  /** A whole file of 16-bit samples. */
  static byte[] of(int rate, int channels, short... samples) {
    return riff().format(1, channels, rate, 16).data(shorts(samples)).bytes();
  }

  static byte[] shorts(short... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  WavFile format(int codec, int channels, int rate, int bits) {
    return format(codec, channels, rate, bits, channels * bits / 8);
  }

  WavFile format(int codec, int channels, int rate, int bits, int frameBytes) {
    return chunk("fmt ", fields(codec, channels, rate, bits, frameBytes, 16).array());
  }

  WavFile extensible(int codec, int channels, int rate, int bits, int mask) {
    ByteBuffer fields = fields(0xfffe, channels, rate, bits, channels * bits / 8, 40);
    fields.putShort((short) 22).putShort((short) bits).putInt(mask).putShort((short) codec);
    fields.put(HexFormat.of().parseHex("000000001000800000aa00389b71"));
    return chunk("fmt ", fields.array());
  }

  private ByteBuffer fields(int codec, int channels, int rate, int bits, int frameBytes, int size) {
    ByteBuffer fields = ByteBuffer.allocate(size).order(order);
    fields.putShort((short) codec).putShort((short) channels).putInt(rate);
    fields.putInt(rate * frameBytes).putShort((short) frameBytes).putShort((short) bits);
    return fields;
  }

  WavFile ds64(long dataBytes, long frames) {
    ByteBuffer fields = ByteBuffer.allocate(28).order(order);
    return chunk("ds64", fields.putLong(0).putLong(dataBytes).putLong(frames).array());
  }

  WavFile fact(int frames) {
    return chunk("fact", ByteBuffer.allocate(4).order(order).putInt(frames).array());
  }

  WavFile data(byte[] data) {
    return chunk("data", data);
  }

  WavFile chunk(String name, byte[] content) {
    return chunk(name, content, content.length);
  }

  /** A chunk whose header claims {@code size} bytes. */
  WavFile chunk(String name, byte[] content, int size) {
    chunks.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    chunks.writeBytes(ByteBuffer.allocate(4).order(order).putInt(size).array());
    chunks.writeBytes(content);
    if (content.length % 2 != 0) {
      chunks.write(0);
    }
    return this;
  }

  byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(12 + chunks.size()).order(order);
    file.put(tag.getBytes(StandardCharsets.US_ASCII)).putInt(4 + chunks.size());
    file.put("WAVE".getBytes(StandardCharsets.US_ASCII)).put(chunks.toByteArray());
    return file.array();
  }
}
