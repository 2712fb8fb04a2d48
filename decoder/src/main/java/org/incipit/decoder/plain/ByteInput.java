package org.incipit.decoder.plain;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.incipit.decoder.audio.DecodeException;

/** A stream that counts its bytes, and the numbers that headers are made of. */
final class ByteInput {
  private final InputStream in;
  private final byte[] bytes = new byte[8];
  private long position;
  private boolean bigEndian;

  ByteInput(InputStream in) {
    this.in = in;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  /** The bytes before this position are not those of a file that can be read here. */
  DecodeException malformed(String detail) {
    return new DecodeException(DecodeException.Stage.OPEN, detail + " at byte " + position, 0);
  }

  /** The header is sound, but its samples are of a kind that is not decoded here. */
  DecodeException undecodable(String detail) {
    return new DecodeException(DecodeException.Stage.NO_AUDIO, detail, 0);
  }

  /** Whether numbers from here on have their highest byte first. */
  void bigEndian(boolean value) {
    bigEndian = value;
  }

  boolean isBigEndian() {
    return bigEndian;
  }

  /** Four characters. */
  String tag() throws IOException {
    return new String(bytes(4), StandardCharsets.ISO_8859_1);
  }

  int u16() throws IOException {
    return (int) number(2);
  }

  long u32() throws IOException {
    return number(4);
  }

  /** Eight bytes; what exceeds a long is negative. */
  long u64() throws IOException {
    return number(8);
  }

  private long number(int count) throws IOException {
    read(bytes, count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      int at = bigEndian ? i : count - 1 - i;
      value = value << 8 | (bytes[at] & 0xff);
    }
    return value;
  }

  /** A copy of the next bytes; only for counts that the program knows. */
  byte[] bytes(int count) throws IOException {
    byte[] copy = new byte[count];
    read(copy, count);
    return copy;
  }

  private void read(byte[] into, int count) throws IOException {
    int n;
    try {
      n = in.readNBytes(into, 0, count);
    } catch (RuntimeException e) {
      throw broken(e);
    }
    position += n;
    if (n < count) {
      throw new EOFException("end of data at byte " + position);
    }
  }

  /** Reads on to {@code target}, without room for what lies between. */
  void skipTo(long target) throws IOException {
    try {
      in.skipNBytes(target - position);
    } catch (RuntimeException e) {
      throw broken(e);
    }
    position = target;
  }

  /** A caller's stream may throw what it likes; it is an error of the input all the same. */
  private static DecodeException broken(RuntimeException e) {
    return new DecodeException(DecodeException.Stage.OPEN, e, 0);
  }

  /** As {@link InputStream#read(byte[], int, int)}. */
  int read(byte[] into, int offset, int length) throws IOException {
    int n = in.read(into, offset, length);
    position += Math.max(n, 0);
    return n;
  }
}
