package org.incipit.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts tags into a FLAC file: a block of Vorbis comments behind the first block. */
final class FlacTags {
  private static final int STREAMINFO_END = 4 + 4 + 34;
  private static final int VORBIS_COMMENT = 4;

  private FlacTags() {}

  /** The file with these tags alone, {@code NAME=value}, and none of its other blocks. */
  static byte[] with(byte[] flac, String... tags) {
    ByteArrayOutputStream comments = new ByteArrayOutputStream();
    text(comments, "test");
    number(comments, tags.length);
    for (String tag : tags) {
      text(comments, tag);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(flac, 0, 4);
    out.write(0);
    out.write(flac, 5, STREAMINFO_END - 5);
    out.write(0x80 | VORBIS_COMMENT);
    out.write(comments.size() >> 16);
    out.write(comments.size() >> 8);
    out.write(comments.size());
    out.writeBytes(comments.toByteArray());
    int frames = frames(flac);
    out.write(flac, frames, flac.length - frames);
    return out.toByteArray();
  }

  private static int frames(byte[] flac) {
    int at = 4;
    boolean last = false;
    while (!last) {
      last = flac[at] < 0;
      at += 4 + (ByteBuffer.wrap(flac).getInt(at) & 0xFFFFFF);
    }
    return at;
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int number) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }
}
