package org.incipit.server.http.netty;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** A body that is held back until its handler returns. */
final class HeldOutput extends AnswerOutput {
  private static final int FIRST_ROOM = 1 << 10;

  private final ServerResponse response;
  private byte[] bytes = new byte[FIRST_ROOM];
  private int length;
  private boolean closed;

  HeldOutput(ServerResponse response) {
    this.response = response;
  }

  @Override
  boolean hasBegun() {
    return length > 0;
  }

  @Override
  public void write(byte[] from, int offset, int n) throws IOException {
    Objects.checkFromIndexSize(offset, n, from.length);
    if (closed) {
      throw new IOException("the answer has ended");
    }
    if (n > bytes.length - length) {
      long wanted = (long) length + n;
      if (wanted > Integer.MAX_VALUE - 8) {
        throw new IOException("the answer is longer than an array");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, Math.min(2L * bytes.length, 1 << 30)));
    }
    System.arraycopy(from, offset, bytes, length, n);
    length += n;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      response.whole(bytes, length);
    }
  }
}
