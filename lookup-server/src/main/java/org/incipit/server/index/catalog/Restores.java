package org.incipit.server.index.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.incipit.server.index.file.Uninterrupted;

/** The restores of a catalog that are under way: they break off when it is closed. Any thread. */
final class Restores {
  private int underWay;
  private volatile boolean closed;

  private final class Stream implements ReadableByteChannel {
    private final ReadableByteChannel from;

    Stream(ReadableByteChannel from) {
      this.from = from;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (closed) {
        throw new IOException("the catalog is being closed");
      }
      return from.read(into);
    }

    @Override
    public boolean isOpen() {
      return from.isOpen();
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }

  /** The same stream, as long as the catalog is open. */
  ReadableByteChannel stream(ReadableByteChannel from) {
    return new Stream(from);
  }

  /** One more. */
  synchronized void begin() {
    underWay++;
  }

  /** One fewer. */
  synchronized void end() {
    underWay--;
    notifyAll();
  }

  /** Breaks off those that are under way, each at its next read, and waits for that. */
  synchronized void close() {
    closed = true;
    Uninterrupted.await(() -> {
      while (underWay > 0) {
        wait();
      }
    });
  }
}
