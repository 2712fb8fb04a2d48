package org.incipit.server.http.netty;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.incipit.server.http.WebSocket.Message;
import org.incipit.server.task.Deadline;
import org.incipit.server.task.Interruption;
import org.jspecify.annotations.Nullable;

/** Messages on their way from the loop to the one thread that receives them. */
final class Inbox {
  private static final long MOST_WAITING = 128 << 10;
  private static final long FEW_WAITING = 32 << 10;

  /** What a message takes besides its bytes. */
  private static final int OVERHEAD = 64;

  private final Runnable resume;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Message> messages = new ArrayDeque<>();
  private long waiting;
  private boolean paused;
  private boolean ended;
  private @Nullable IOException failure;

  /**
   * Nothing yet.
   *
   * @param resume called by the receiver when it has caught up
   */
  Inbox(Runnable resume) {
    this.resume = resume;
  }

  /** Adds a message; whether the receiver is so far behind that no more should come. */
  boolean add(Message message) {
    lock.lock();
    try {
      messages.add(message);
      waiting += cost(message);
      paused = waiting > MOST_WAITING;
      changed.signal();
      return paused;
    } finally {
      lock.unlock();
    }
  }

  /** No more messages come. What waits is still received. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What was to come does not, unless it had ended. What waits is still received. */
  void fail(IOException reason) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = reason;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a message.
   *
   * @return null after the last
   * @throws InterruptedIOException at the current deadline; nothing is lost
   */
  @Nullable Message take() throws IOException {
    Message message;
    boolean resumes;
    lock.lock();
    try {
      while (messages.isEmpty() && !ended && failure == null) {
        long left = Deadline.current().remainingNanos();
        if (left == 0) {
          throw new InterruptedIOException("no message before the deadline");
        }
        var _ = changed.awaitNanos(left);
      }
      message = messages.poll();
      if (message == null && !ended && failure != null) {
        throw failure;
      }
      waiting -= message == null ? 0 : cost(message);
      resumes = paused && waiting < FEW_WAITING;
      paused &= !resumes;
    } catch (InterruptedException e) {
      throw Interruption.of("a message", e);
    } finally {
      lock.unlock();
    }
    if (resumes) {
      resume.run();
    }
    return message;
  }

  private static int cost(Message message) {
    return OVERHEAD
        + switch (message) {
          case Message.Text text -> text.text().length();
          case Message.Binary binary -> binary.bytes().length;
        };
  }
}
