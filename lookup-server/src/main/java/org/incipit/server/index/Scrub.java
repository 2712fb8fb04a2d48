package org.incipit.server.index;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.store.SegmentStore;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the postings of segments for which that was put off when the index was opened, and keeps
 * what it finds. Of one maintenance thread; any may ask for the damage.
 */
final class Scrub {
  private static final Logger LOG = System.getLogger(Scrub.class.getName());

  private final SegmentStore store;
  private final Pace pace;
  private long verified;
  private volatile Optional<CorruptIndexException> damage = Optional.empty();

  Scrub(SegmentStore store, Pace pace) {
    this.store = store;
    this.pace = pace;
  }

  /** Verifies some MiB of these segments; false if there is nothing left to verify. */
  boolean step(List<Segment> segments) throws IOException {
    Segment next = firstUnverified(segments);
    if (damage.isEmpty() && next != null) {
      step(next, pace);
      return true;
    }
    if (damage.isEmpty() && verified > 0) {
      LOG.log(
          Level.INFO,
          "index "
              + store.folder()
              + ": postings verified, "
              + ((verified + (1 << 20) - 1) >> 20)
              + " MiB");
      verified = 0;
    }
    return false;
  }

  /** Verifies all of these segments; whether they are undamaged. */
  boolean finish(List<Segment> segments, Pace urgent) throws IOException {
    for (Segment segment : segments) {
      while (damage.isEmpty() && !segment.isVerified()) {
        step(segment, urgent);
      }
    }
    return damage.isEmpty();
  }

  private void step(Segment segment, Pace steps) throws IOException {
    long before = segment.unverifiedBytes();
    try {
      store.verify(segment, steps);
      verified += before - segment.unverifiedBytes();
    } catch (CorruptIndexException e) {
      LOG.log(Level.WARNING, "index " + store.folder() + " is damaged: " + e.getMessage());
      damage = Optional.of(e);
    }
  }

  private static @Nullable Segment firstUnverified(List<Segment> segments) {
    for (Segment segment : segments) {
      if (!segment.isVerified()) {
        return segment;
      }
    }
    return null;
  }

  /** What was found; the index is not to be used any more then. */
  Optional<CorruptIndexException> damage() {
    return damage;
  }
}
