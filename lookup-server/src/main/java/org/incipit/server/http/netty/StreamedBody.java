package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.incipit.server.http.BodyLimitException;
import org.jspecify.annotations.Nullable;

/**
 * A body that its handler reads while it comes. The loop adds, one other thread reads; the
 * connection is not read from while too much waits here, or anything while all bodies together take
 * too much.
 */
final class StreamedBody extends InputStream implements RequestBody {
  private static final int MOST_WAITING = 128 << 10;
  private static final int FEW_WAITING = 32 << 10;

  private final Exchange exchange;
  private final long limit;
  private final BodyMemory memory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>();
  private int waiting;
  private long total;
  private boolean paused;
  private boolean ended;
  private boolean continueExpected;
  private @Nullable IOException failure;

  /**
   * Nothing yet.
   *
   * @param continueExpected whether the other side waits for 100 before it sends
   */
  StreamedBody(Exchange exchange, long limit, boolean continueExpected, BodyMemory memory) {
    this.exchange = exchange;
    this.limit = limit;
    this.continueExpected = continueExpected;
    this.memory = memory;
  }

  @Override
  public void add(ByteBuf bytes) {
    boolean stop = false;
    lock.lock();
    try {
      continueExpected = false;
      int n = bytes.readableBytes();
      total += n;
      if (total > limit && failure == null) {
        failure = new BodyLimitException("body", limit);
      }
      if (failure != null || n == 0) {
        bytes.release();
      } else {
        parts.add(bytes);
        waiting += n;
        boolean much = !memory.overdraw(n) || waiting > MOST_WAITING;
        stop = much && !paused;
        paused |= stop;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (stop) {
      exchange.pauseBody(true);
    }
  }

  @Override
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of what waits; whoever reads gets this. */
  @Override
  public void fail(IOException reason) {
    lock.lock();
    try {
      if (failure == null) {
        failure = reason;
      }
      parts.forEach(ByteBuf::release);
      parts.clear();
      memory.give(waiting);
      waiting = 0;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    if (length == 0) {
      return 0;
    }
    boolean resume = false;
    int n;
    lock.lock();
    try {
      if (continueExpected) {
        continueExpected = false;
        exchange.wantBody();
      }
      while (parts.isEmpty() && !ended && failure == null) {
        changed.awaitUninterruptibly();
      }
      if (failure != null) {
        throw failure;
      }
      ByteBuf part = parts.peek();
      if (part == null) {
        return -1;
      }
      n = Math.min(length, part.readableBytes());
      part.readBytes(to, from, n);
      waiting -= n;
      memory.give(n);
      if (!part.isReadable()) {
        parts.remove();
        part.release();
      }
      if (paused && waiting < FEW_WAITING) {
        paused = false;
        resume = true;
      }
    } finally {
      lock.unlock();
    }
    if (resume) {
      exchange.pauseBody(false);
    }
    return n;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public InputStream stream() {
    return this;
  }
}
