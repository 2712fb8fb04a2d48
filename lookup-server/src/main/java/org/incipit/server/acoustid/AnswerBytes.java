package org.incipit.server.acoustid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The bytes of an answer, which are kept in memory, so there may be only so many. One thread. */
final class AnswerBytes extends OutputStream {
  /** More than any fingerprint of at most 32767 seconds has, in XML. */
  static final int MOST = 16 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

  /** The answer has more bytes. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    private TooLarge() {
      super("an answer of more than " + MOST + " bytes");
    }
  }

  @Override
  public void write(int b) throws TooLarge {
    requireRoom(1);
    bytes.write(b);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws TooLarge {
    requireRoom(length);
    bytes.write(from, offset, length);
  }

  private void requireRoom(int length) throws TooLarge {
    if (length > MOST - bytes.size()) {
      throw new TooLarge();
    }
  }

  byte[] toArray() {
    return bytes.toByteArray();
  }
}
