package org.incipit.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.incipit.server.task.Deadline;
import org.jspecify.annotations.Nullable;

/** The open connections of a listener: lets them in, counts them, and sees them out. */
@Sharable
final class Connections extends ChannelInitializer<Channel> {
  private static final long CLOSE_SECONDS = 5;

  private final ListenLimits limits;
  private final @Nullable TlsFiles tls;
  private final Protocol protocol;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allGone = lock.newCondition();

  private int count; // of open, under the lock
  private volatile boolean finishing;
  private volatile boolean closed;

  Connections(ListenLimits limits, @Nullable TlsFiles tls, Protocol protocol) {
    this.limits = limits;
    this.tls = tls;
    this.protocol = protocol;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!enter()) {
      refused.increment();
      closeNow(channel);
      return;
    }
    accepted.increment();
    open.add(channel);
    channel.closeFuture().addListener(closed -> left(channel));
    if (tls != null) {
      SslHandler handler = tls.context().newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(limits.handshakeTimeout().toMillis());
      channel.pipeline().addLast("tls", handler);
    }
    protocol.open(channel);
    // It may have come too late to be among those that were told.
    if (closed) {
      closeNow(channel);
    } else if (finishing) {
      finish(channel);
    }
  }

  int open() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  long accepted() {
    return accepted.sum();
  }

  long refused() {
    return refused.sum();
  }

  /** Tells all to finish, and those that still come. */
  void finish() {
    finishing = true;
    open.forEach(Connections::finish);
  }

  /** Closes all. When it returns no handler can reach a loop any more that is about to end. */
  void closeAll() {
    closed = true;
    open.forEach(Connections::closeNow);
    for (Channel channel : open) {
      var _ = channel.closeFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Waits until all are gone; false if the deadline passes before. */
  boolean awaitGone(Deadline deadline) throws InterruptedException {
    lock.lock();
    try {
      while (count > 0) {
        long left = deadline.remainingNanos();
        if (left == 0) {
          return false;
        }
        if (allGone.awaitNanos(left) <= 0 && count > 0) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static void finish(Channel channel) {
    channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(Drain.FINISH));
  }

  private static void closeNow(Channel channel) {
    // Whoever waits for it waits at closeFuture().
    var _ = channel.close();
  }

  private boolean enter() {
    lock.lock();
    try {
      if (count >= limits.maxConnections()) {
        return false;
      }
      count++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void left(Channel channel) {
    open.remove(channel);
    lock.lock();
    try {
      if (--count == 0) {
        allGone.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
