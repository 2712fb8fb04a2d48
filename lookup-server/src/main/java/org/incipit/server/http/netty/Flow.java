package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How much of an answer is on its way from its handler to the socket. */
final class Flow {
  private static final int MOST_ON_THE_WAY = 64 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long onTheWay;
  private @Nullable IOException failure;

  /** Waits until there is room. If it fails, the bytes are released. */
  void enter(ByteBuf bytes) throws IOException {
    lock.lock();
    try {
      while (onTheWay >= MOST_ON_THE_WAY && failure == null) {
        changed.awaitUninterruptibly();
      }
      if (failure != null) {
        bytes.release();
        // A new one for each: whoever closes after it failed adds the second to the first.
        throw new ConnectionException(String.valueOf(failure.getMessage()));
      }
      onTheWay += bytes.readableBytes();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes have left, or could not. */
  void leave(int bytes, @Nullable Throwable cause) {
    lock.lock();
    try {
      if (cause != null && failure == null) {
        failure = new ConnectionException("the connection has ended: " + cause.getMessage());
      }
      onTheWay -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing leaves any more. */
  void fail(IOException reason) {
    lock.lock();
    try {
      if (failure == null) {
        failure = reason;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
