package org.incipit.server.index.catalog;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.incipit.server.index.Index;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.Uninterrupted;
import org.jspecify.annotations.Nullable;

/** Closes the indexes that nobody holds any more, and removes those that were deleted. A thread. */
final class IndexCloser {
  private static final Logger LOG = System.getLogger(IndexCloser.class.getName());

  private final Disk disk;
  private final Set<OpenIndex> unfinished = new HashSet<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("index catalog").daemon(true).factory());
  private @Nullable IOException failure;

  IndexCloser(Disk disk) {
    this.disk = disk;
  }

  /** An index, held once, that will be closed. */
  synchronized OpenIndex add(Index index, long generation, Path folder) {
    OpenIndex open =
        new OpenIndex(index, generation, folder, unheld -> thread.execute(() -> finish(unheld)));
    unfinished.add(open);
    return open;
  }

  private void finish(OpenIndex open) {
    IOException failed = null;
    try {
      open.index().close();
      if (open.isDeleted()) {
        disk.deleteFolder(open.folder());
      }
    } catch (IOException e) {
      // What is left of a deleted one is removed when the catalog is opened again.
      LOG.log(Level.WARNING, "closing " + open.folder() + ": " + e.getMessage());
      failed = open.isDeleted() ? null : e;
    } finally {
      finished(open, failed);
    }
  }

  private synchronized void finished(OpenIndex open, @Nullable IOException failed) {
    failure = failed == null ? failure : failed;
    unfinished.remove(open);
    notifyAll();
  }

  /** Waits until all are closed, and ends. */
  void close() throws IOException {
    awaitAll();
    thread.shutdown();
    IOException failed = failure();
    if (failed != null) {
      throw new IOException("closing an index failed: " + failed.getMessage(), failed);
    }
  }

  private synchronized @Nullable IOException failure() {
    return failure;
  }

  private synchronized void awaitAll() {
    Uninterrupted.await(() -> {
      while (!unfinished.isEmpty()) {
        wait();
      }
    });
  }
}
