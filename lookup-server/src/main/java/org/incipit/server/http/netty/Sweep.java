package org.incipit.server.http.netty;

import io.netty.channel.EventLoop;
import java.lang.System.Logger.Level;
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
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final long period;
  private final List<Patient> patients = new ArrayList<>();
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
  void add(Patient patient) {
    patient.setPlace(patients.size());
    patients.add(patient);
    if (!running) {
      running = true;
      schedule();
    }
  }

  /** On the loop. */
  void remove(Patient patient) {
    Patient last = patients.removeLast();
    if (patient.place() < patients.size()) {
      patients.set(patient.place(), last);
      last.setPlace(patient.place());
    }
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    // From the end: who is closed gives its place to the last, which has been looked at.
    for (int i = patients.size() - 1; i >= 0; i--) {
      if (i < patients.size()) {
        check(patients.get(i), now);
      }
    }
    running = !patients.isEmpty();
    if (running) {
      schedule();
    }
  }

  /** A failure with one leaves the others theirs. */
  private static void check(Patient patient, long now) {
    try {
      patient.check(now);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a time-out could not be dealt with", e);
    }
  }

  private void schedule() {
    var _ = loop.schedule(this, period, TimeUnit.NANOSECONDS);
  }
}
