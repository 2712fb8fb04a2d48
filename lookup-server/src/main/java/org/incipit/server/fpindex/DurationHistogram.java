package org.incipit.server.fpindex;

import java.util.concurrent.atomic.LongAdder;
import org.incipit.server.metrics.MetricsText;

/** Counts durations by upper bounds. Any number of threads. */
final class DurationHistogram {
  private static final double[] BOUNDS = {.001, .005, .01, .05, .1, .5, 1, 5};

  private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  DurationHistogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void add(long duration) {
    int place = 0;
    while (place < BOUNDS.length && duration > BOUNDS[place] * 1e9) {
      place++;
    }
    counts[place].increment();
    nanos.add(duration);
  }

  /** Prints its samples, in seconds. */
  void print(MetricsText text, String name, String label, String value) {
    long below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      text.sample(name + "_bucket", below, label, value, "le", bound);
    }
    text.sample(name + "_sum", nanos.sum() / 1e9, label, value);
    text.sample(name + "_count", below, label, value);
  }
}
