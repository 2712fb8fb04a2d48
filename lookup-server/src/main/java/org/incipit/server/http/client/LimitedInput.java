package org.incipit.server.http.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.incipit.server.http.BodyLimitException;

/** Refuses to deliver more than so many bytes. */
final class LimitedInput extends FilterInputStream {
  private final long limit;
  private long count;

  LimitedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      add(1);
    }
    return read;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    int read = super.read(to, from, length);
    add(Math.max(read, 0));
    return read;
  }

  private void add(int bytes) throws BodyLimitException {
    count += bytes;
    if (count > limit) {
      throw new BodyLimitException("answer", limit);
    }
  }
}
