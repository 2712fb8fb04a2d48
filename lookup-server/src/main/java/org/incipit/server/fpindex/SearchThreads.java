package org.incipit.server.fpindex;

import java.io.Closeable;
import java.util.concurrent.Executor;

/**
 * Where searches run, of both protocols. Most are small, and a few take a hundred times as long;
 * which it will be the directories of an index tell. On what is in memory the small ones are made
 * right where they are read. Otherwise reading may wait for the disk: then the small ones are made
 * in a lane of twice as many threads as there are cores, of which one index keeps half at most.
 *
 * <p>Large ones wait for each other in a lane that leaves a core to everything else, and stands
 * back where that is not enough.
 */
public final class SearchThreads implements Closeable {
  /** What a small search may cost: some hundred microseconds at most. */
  static final long SMALL_POSTINGS = 200_000;

  /** A tenth of the share of an ordinary thread, if there is not enough for all. */
  private static final int LARGE_NICE = 10;

  private static final int WAITING_FOR_EACH_CORE = 256;

  private final Lane small;
  private final Lane large;

  /** Threads for so many cores, which are started when they are needed. */
  public SearchThreads(int cores) {
    int waiting = WAITING_FOR_EACH_CORE * cores;
    int spared = Math.max(1, cores - 1);
    small = new Lane("search", 2 * cores, 0, cores, waiting);
    large = new Lane("large-search", spared, LARGE_NICE, spared, waiting);
  }

  /**
   * For whoever searches an index by itself, as fairly among indexes as all; rejects what is too
   * much.
   */
  public Executor of(String index) {
    return small.of(index);
  }

  /** For what costs {@link #SMALL_POSTINGS} at most, and may wait for the disk. */
  Lane small() {
    return small;
  }

  /** For what costs any more. */
  Lane large() {
    return large;
  }

  @Override
  public void close() {
    small.close();
    large.close();
  }
}
