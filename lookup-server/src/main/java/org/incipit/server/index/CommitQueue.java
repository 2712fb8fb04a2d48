package org.incipit.server.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.Run;
import org.jspecify.annotations.Nullable;

/**
 * Group commit. The first of the writers that wait writes the records of all of them, syncs once
 * and publishes; those who come meanwhile wait for the next turn, which one of them then leads. So
 * a single writer needs no other thread, and many share their syncs.
 */
final class CommitQueue {
  private static final long GROUP_BYTES = 32L << 20;

  /** Makes commits visible. */
  interface Publisher {
    /** Shows the runs, in their order, and sets these metadata entries. */
    void publish(List<Run> runs, Map<String, String> metadata);
  }

  private enum State {
    WAITING,
    LEADING,
    DONE
  }

  private static final class Writer {
    final Thread thread = Thread.currentThread();
    final ByteBuffer record;
    final Run run;
    final Map<String, String> metadata;
    long version;
    volatile State state = State.WAITING;
    volatile @Nullable Throwable failure;

    Writer(ByteBuffer record, Run run, Map<String, String> metadata) {
      this.record = record;
      this.run = run;
      this.metadata = metadata;
    }
  }

  private final WriteAheadLog log;
  private final Publisher publisher;
  private final Duration recoveryPause;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Writer> queue = new ArrayDeque<>();
  private boolean writing;
  private boolean closed;
  private volatile boolean broken;
  private long queuedVersion;
  private long writtenVersion;
  private long failedAt;
  private long syncs;

  /**
   * Commits to a log.
   *
   * @param version of the index
   * @param recoveryPause how long after a failure no update tries to {@link WriteAheadLog#recover}
   */
  CommitQueue(WriteAheadLog log, long version, Duration recoveryPause, Publisher publisher) {
    this.log = log;
    this.publisher = publisher;
    this.recoveryPause = recoveryPause;
    queuedVersion = version;
    writtenVersion = version;
  }

  /**
   * Commits, with others if there are any. Not interruptible.
   *
   * @param run of the batch; its commit range is replaced
   * @return the version after it
   * @throws VersionMismatchException if the version before it is not the expected one
   * @throws IOException if writing failed; whether the batch will be there after a restart is
   *     unknown
   */
  long commit(
      ByteBuffer record,
      Run run,
      Map<String, String> metadata,
      OptionalLong expected,
      OptionalLong position)
      throws IOException {
    Writer own = new Writer(record, run, metadata);
    boolean leads;
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the index is closed");
      }
      if (expected.isPresent() && expected.getAsLong() != queuedVersion) {
        throw new VersionMismatchException(expected.getAsLong(), queuedVersion);
      }
      own.version = position.orElse(queuedVersion + 1);
      if (Long.compareUnsigned(own.version, queuedVersion) <= 0) {
        throw new IllegalArgumentException(
            "position must be above "
                + Long.toUnsignedString(queuedVersion)
                + " (got "
                + Long.toUnsignedString(own.version)
                + ")");
      }
      queuedVersion = own.version;
      queue.add(own);
      leads = !writing;
      writing = true;
    } finally {
      lock.unlock();
    }
    if (leads || await(own) == State.LEADING) {
      lead();
    }
    Throwable failure = own.failure;
    if (failure != null) {
      throw new IOException(
          failure instanceof IOException ? failure.getMessage() : failure.toString(), failure);
    }
    return own.version;
  }

  private static State await(Writer own) {
    boolean interrupted = false;
    while (own.state == State.WAITING) {
      LockSupport.park(own);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return own.state;
  }

  /** Writes one group, in which the caller's own batch is the first. Nobody is left waiting. */
  private void lead() {
    List<Writer> group = new ArrayList<>();
    Throwable failure = null;
    try {
      takeGroup(group);
      write(group);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
    }
    for (Writer writer : group) {
      writer.failure = failure;
    }
    lock.lock();
    try {
      if (failure != null) {
        // What waits behind was checked against versions that never came to be.
        for (Writer writer = queue.poll(); writer != null; writer = queue.poll()) {
          writer.failure = failure;
          done(writer);
        }
        queuedVersion = writtenVersion;
      }
      Writer next = queue.peek();
      writing = next != null;
      if (next != null) {
        next.state = State.LEADING;
        LockSupport.unpark(next.thread);
      }
    } finally {
      lock.unlock();
    }
    group.forEach(CommitQueue::done);
  }

  private static void done(Writer writer) {
    writer.state = State.DONE;
    LockSupport.unpark(writer.thread);
  }

  private void takeGroup(List<Writer> group) {
    lock.lock();
    try {
      long bytes = 0;
      for (Writer writer = queue.peek();
          writer != null && (group.isEmpty() || bytes + writer.record.remaining() <= GROUP_BYTES);
          writer = queue.peek()) {
        bytes += writer.record.remaining();
        group.add(writer);
        queue.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Writer> group) throws IOException {
    if (broken) {
      throw new IOException("a commit could not be shown: the index must be opened again");
    }
    if (log.hasFailed() && System.nanoTime() - failedAt >= recoveryPause.toNanos()) {
      failedAt = System.nanoTime();
      log.recover();
    }
    boolean failedBefore = log.hasFailed();
    long sequence = log.next();
    List<ByteBuffer> records = new ArrayList<>(group.size());
    List<Run> runs = new ArrayList<>(group.size());
    Map<String, String> metadata = new HashMap<>();
    long[] versions = new long[group.size()];
    for (int i = 0; i < versions.length; i++) {
      Writer writer = group.get(i);
      versions[i] = writer.version;
      records.add(writer.record);
      runs.add(writer.run.at(new CommitRange(sequence + i, sequence + i, writer.version)));
      metadata.putAll(writer.metadata);
    }
    try {
      log.append(records, versions);
    } finally {
      if (log.hasFailed() && !failedBefore) {
        failedAt = System.nanoTime();
      }
    }
    boolean published = false;
    try {
      publisher.publish(runs, metadata);
      published = true;
    } finally {
      // Later commits must not be shown without this one, which a restart will find.
      broken = !published;
    }
    lock.lock();
    try {
      writtenVersion = versions[versions.length - 1];
      syncs++;
    } finally {
      lock.unlock();
    }
  }

  /** How often the log was synced for commits. */
  long syncs() {
    lock.lock();
    try {
      return syncs;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses new writers and waits for those that are there. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    while (isWriting()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean isWriting() {
    lock.lock();
    try {
      return writing;
    } finally {
      lock.unlock();
    }
  }
}
