package org.incipit.server.http.netty;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.incipit.server.http.HttpLimits;

/**
 * Looks at all connections of a loop from time to time, for those whose time is over. One timer for
 * a loop costs less than one for each request, and is late by a quarter of the shortest time at
 * most.
 */
final class Sweep implements Runnable {
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final long period;
  private final List<HttpConnection> connections = new ArrayList<>();
  private boolean running;

  Sweep(EventLoop loop, HttpLimits limits) {
    this.loop = loop;
    long shortest = Long.MAX_VALUE;
    for (Duration time :
        List.of(
            limits.idleTimeout(),
            limits.headTimeout(),
            limits.requestTimeout(),
            limits.writeTimeout())) {
      shortest = Math.min(shortest, time.toNanos());
    }
    period = Math.clamp(shortest / 4, LEAST_NANOS, MOST_NANOS);
  }

  /** On the loop. */
  void add(HttpConnection connection) {
    connection.setPlace(connections.size());
    connections.add(connection);
    if (!running) {
      running = true;
      schedule();
    }
  }

  /** On the loop. */
  void remove(HttpConnection connection) {
    HttpConnection last = connections.removeLast();
    if (last != connection) {
      connections.set(connection.place(), last);
      last.setPlace(connection.place());
    }
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    // From the end: who is closed gives its place to the last, which has been looked at.
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (i < connections.size()) {
        connections.get(i).check(now);
      }
    }
    running = !connections.isEmpty();
    if (running) {
      schedule();
    }
  }

  private void schedule() {
    var unused = loop.schedule(this, period, TimeUnit.NANOSECONDS);
  }
}
