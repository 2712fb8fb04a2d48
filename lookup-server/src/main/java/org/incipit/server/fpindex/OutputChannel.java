package org.incipit.server.fpindex;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.incipit.server.http.Response;
import org.jspecify.annotations.Nullable;

/** The body of an answer as a channel; the answer begins with the first byte. */
final class OutputChannel implements WritableByteChannel {
  private static final int CHUNK = 1 << 16;

  private final Response response;
  private final byte[] chunk = new byte[CHUNK];
  private @Nullable OutputStream out;
  private boolean open = true;

  OutputChannel(Response response) {
    this.response = response;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (out == null) {
      out = response.output();
    }
    int count = Math.min(CHUNK, from.remaining());
    from.get(chunk, 0, count);
    out.write(chunk, 0, count);
    return count;
  }

  /** Whether anything was written, or tried. */
  boolean hasBegun() {
    return out != null;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    if (out != null) {
      out.close();
    }
  }
}
