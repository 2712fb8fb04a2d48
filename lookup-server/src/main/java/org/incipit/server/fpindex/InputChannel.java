package org.incipit.server.fpindex;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The body of a request as a channel, which knows whether it was the body that failed. */
final class InputChannel implements ReadableByteChannel {
  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private boolean failed;
  private boolean open = true;

  InputChannel(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    boolean read = false;
    try {
      int count = in.read(chunk, 0, Math.min(CHUNK, into.remaining()));
      read = true;
      if (count > 0) {
        into.put(chunk, 0, count);
      }
      return count;
    } finally {
      failed |= !read;
    }
  }

  /** Whether a read has thrown something. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    in.close();
  }
}
