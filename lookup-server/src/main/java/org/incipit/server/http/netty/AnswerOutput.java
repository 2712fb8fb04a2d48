package org.incipit.server.http.netty;

import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer while its handler writes it. */
abstract class AnswerOutput extends OutputStream {
  private final byte[] one = new byte[1];

  /** Whether something was written. */
  abstract boolean hasBegun();

  @Override
  public void write(int b) throws IOException {
    one[0] = (byte) b;
    write(one, 0, 1);
  }
}
