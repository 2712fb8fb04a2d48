package org.incipit.decoder.plain;

import java.io.IOException;
import java.io.InputStream;

/** Gives what it has in small pieces, then fails. */
final class TornStream extends InputStream {
  private final byte[] bytes;
  private final IOException failure;
  private int next;

  TornStream(byte[] bytes, IOException failure) {
    this.bytes = bytes;
    this.failure = failure;
  }

  @Override
  public int read() throws IOException {
    if (next == bytes.length) {
      throw failure;
    }
    return bytes[next++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    into[offset] = (byte) read();
    return 1;
  }
}
