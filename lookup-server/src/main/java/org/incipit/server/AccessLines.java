package org.incipit.server;

import java.io.Closeable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.incipit.server.http.middleware.AccessLog;
import org.incipit.server.task.Channel;

/**
 * The log of requests, written by a thread of its own: event loops must not wait for whoever reads
 * it. What comes faster than it is written is counted in place of being kept.
 */
final class AccessLines implements Consumer<AccessLog.Entry>, Closeable {
  private static final int WAITING = 10_000;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Logger logger;
  private final Channel<AccessLog.Entry> entries = new Channel<>(WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("access-log").unstarted(this::write);

  private AccessLines(Logger logger) {
    this.logger = logger;
  }

  /** To a logger: each entry is the one parameter of its record. */
  static AccessLines to(Logger logger) {
    AccessLines lines = new AccessLines(logger);
    lines.writer.start();
    return lines;
  }

  @Override
  public void accept(AccessLog.Entry entry) {
    if (!entries.trySend(entry)) {
      lost.incrementAndGet();
    }
  }

  private void write() {
    try {
      for (AccessLog.Entry entry = entries.receive(); entry != null; entry = entries.receive()) {
        logger.log(Level.INFO, "{0}", entry);
        long missing = lost.getAndSet(0);
        if (missing > 0) {
          logger.log(Level.WARNING, missing + " requests are missing here, they came too fast");
        }
      }
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException("nobody interrupts it, and it has no deadline", e);
    }
  }

  /** Writes what has come, if somebody takes it. */
  @Override
  public void close() {
    entries.close();
    try {
      var _ = writer.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
