package org.incipit.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.incipit.server.task.Deadline;
import org.incipit.server.task.Interruption;
import org.jspecify.annotations.Nullable;

/**
 * A connection in straight-line code: one virtual thread reads and writes it, and waits while it
 * must, at most until the current {@link Deadline} or for the time-out of the connection. What has
 * timed out is a {@link SocketTimeoutException}. Any thread closes it.
 *
 * <p>While the thread does something else at most some 64 KiB are read ahead; what it writes is
 * copied, and it waits while the other side does not take it.
 */
public final class Connection implements Closeable {
  /** Talks on a connection, on a virtual thread of its own; when it returns, that is closed. */
  @FunctionalInterface
  public interface Handler {
    /** An {@link IOException} ends the connection; all others are logged and end it too. */
    void handle(Connection connection) throws Exception;
  }

  private static final int READ_AHEAD_BYTES = 64 << 10;
  private static final int WRITE_BYTES = 32 << 10;

  private final Channel channel;
  private final IdleAlarm alarm;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All below under the lock.
  private final Inbox inbox = new Inbox();
  private boolean waiting;
  private boolean paused;
  private boolean ended; // the other side sends no more
  private boolean finishing; // the listener drains
  private boolean gone;
  private boolean timedOut;
  private @Nullable Throwable failure;

  Connection(Channel channel, Duration timeout) {
    this.channel = channel;
    alarm = new IdleAlarm(channel.eventLoop(), this::tick, timeout);
  }

  /**
   * A protocol of straight-line code.
   *
   * @param timeout see {@link #timeout}
   */
  public static Protocol protocol(Duration timeout, Handler handler) {
    return channel -> ConnectionHandler.open(channel, timeout, handler);
  }

  /**
   * Sets how long one read or write may wait in all.
   *
   * @param timeout zero for without end
   */
  public void timeout(Duration timeout) {
    lock.lock();
    try {
      alarm.timeout(timeout);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads a line that ends with LF or CRLF.
   *
   * @param maxBytes of the line without its end
   * @return without its end; null if the other side has ended, or if the listener drains and the
   *     next line has not come
   * @throws LineTooLongException if it has more bytes; not many more are read
   * @throws EOFException if the connection ends within a line
   */
  public byte @Nullable [] readLine(int maxBytes) throws IOException {
    lock.lock();
    try {
      alarm.restart();
      while (true) {
        int length = inbox.lineLength();
        if (length >= 0) {
          byte[] line = inbox.takeLine(length);
          if (line.length > maxBytes) {
            throw new LineTooLongException(maxBytes);
          }
          return line;
        }
        // One more may be the CR.
        if (inbox.size() > maxBytes + 1L) {
          throw new LineTooLongException(maxBytes);
        }
        if (finishing || (ended && inbox.size() == 0)) {
          return null;
        }
        if (ended) {
          throw new EOFException("the connection ended within a line");
        }
        await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads what has come, at least one byte.
   *
   * @return how many; -1 if the other side has ended; 0 if length is 0
   */
  public int read(byte[] into, int offset, int length) throws IOException {
    lock.lock();
    try {
      alarm.restart();
      while (inbox.size() == 0 && length > 0) {
        if (ended) {
          return -1;
        }
        await();
      }
      return inbox.take(into, offset, length);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the listener drains, so that after the present work nothing is to be begun. */
  public boolean isFinishing() {
    lock.lock();
    try {
      return finishing;
    } finally {
      lock.unlock();
    }
  }

  /** Writes all of it; it is on its way when this returns, or waits behind what is. */
  public void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  /** Writes all of it; the array is the caller's again when this returns. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = Math.addExact(offset, length);
    for (int from = offset; from < end; from += WRITE_BYTES) {
      int count = Math.min(WRITE_BYTES, end - from);
      awaitWritable();
      ByteBuf copy = channel.alloc().buffer(count).writeBytes(bytes, from, count);
      // A write that fails closes the channel: who writes next learns of it.
      var _ = channel.writeAndFlush(copy);
    }
  }

  /** Closes it after what has been written has gone, or could not go for a while. */
  @Override
  public void close() {
    LingeringClose.close(channel);
  }

  private void awaitWritable() throws IOException {
    if (channel.isWritable()) {
      return;
    }
    lock.lock();
    try {
      alarm.restart();
      while (!channel.isWritable() && !gone) {
        await();
      }
      if (gone) {
        throw closed();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something has changed. */
  private void await() throws IOException {
    if (gone) {
      throw closed();
    }
    if (paused) {
      paused = false;
      channel.config().setAutoRead(true);
    }
    timedOut = false;
    waiting = true;
    alarm.arm();
    try {
      Deadline deadline = Deadline.current();
      while (waiting) {
        if (!deadline.isLimited()) {
          changed.await();
        } else if (changed.awaitNanos(deadline.remainingNanos()) <= 0 && waiting) {
          throw new SocketTimeoutException("deadline has passed");
        }
      }
    } catch (InterruptedException e) {
      throw Interruption.of("connection", e);
    } finally {
      waiting = false;
    }
    if (timedOut) {
      throw new SocketTimeoutException("nothing came or went for " + alarm.timeout());
    }
  }

  private IOException closed() {
    return failure instanceof IOException e
        ? new SocketException("connection lost: " + e.getMessage(), e)
        : new SocketException("connection is closed");
  }

  /** On the loop: these bytes have come. */
  void came(ByteBuf bytes) {
    lock.lock();
    try {
      inbox.add(bytes);
      if (!waiting && inbox.size() >= READ_AHEAD_BYTES) {
        pause();
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** On the loop: the other side sends no more. */
  void ended() {
    lock.lock();
    try {
      ended = true;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** On the loop: the listener drains. What has come is still read, no more. */
  void finish() {
    lock.lock();
    try {
      finishing = true;
      pause();
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** On the loop: there is room for more. */
  void writable() {
    lock.lock();
    try {
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** On the loop: it will be closed, for this reason. */
  void failed(Throwable reason) {
    lock.lock();
    try {
      failure = reason;
    } finally {
      lock.unlock();
    }
  }

  /** On the loop: it is closed. */
  void gone() {
    lock.lock();
    try {
      gone = true;
      ended |= failure == null;
      alarm.cancel();
      wake();
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    lock.lock();
    try {
      if (alarm.hasRung(waiting)) {
        timedOut = true;
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  private void pause() {
    if (!paused) {
      paused = true;
      channel.config().setAutoRead(false);
    }
  }

  private void wake() {
    if (waiting) {
      waiting = false;
      changed.signal();
    }
  }
}
