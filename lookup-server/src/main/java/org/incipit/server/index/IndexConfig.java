package org.incipit.server.index;

import java.time.Duration;
import org.incipit.server.index.segment.Segment;

/**
 * The limits of an index.
 *
 * @param checkpointPostings when so many postings and documents are in memory only, they are
 *     written to a segment; default 10 million
 * @param checkpointAge when the oldest of them is in memory only for so long, they are written to a
 *     segment, too; zero for never; default 60 s
 * @param memoryBytes most bytes of postings in memory only; beyond it updates wait; default an
 *     eighth of the heap, but at most 512 MiB
 * @param searches most searches at a time; more wait; default twice the processors
 * @param residence how segments are read; default mapped
 * @param logFileBytes length at which a file of the log is closed and the next one begun; default
 *     32 MiB
 * @param mergeBytesPerSecond most bytes a second that checkpoints and merges write, and read again
 *     to verify them, and that the verification of segments reads, together; only while something
 *     is searched, and unless they fall behind; default 32 MiB
 * @param verification when postings that are in segments already are verified: before the index is
 *     open, or by its maintenance afterwards, which takes so much less to open as postings are more
 *     than tables. Damage found then is told by {@link Index#damage}; searches may have met it
 *     before. What is loaded is verified at the opening in any case; default at the opening
 */
public record IndexConfig(
    long checkpointPostings,
    Duration checkpointAge,
    long memoryBytes,
    int searches,
    Segment.Residence residence,
    int logFileBytes,
    long mergeBytesPerSecond,
    Segment.Verification verification) {
  /** The defaults. */
  public static final IndexConfig DEFAULT =
      new IndexConfig(
          10_000_000,
          Duration.ofSeconds(60),
          Math.clamp(Runtime.getRuntime().maxMemory() / 8, 1L << 20, 512L << 20),
          2 * Runtime.getRuntime().availableProcessors(),
          Segment.Residence.MAPPED,
          32 << 20,
          32 << 20,
          Segment.Verification.AT_OPENING);

  public IndexConfig {
    if (checkpointPostings < 1) {
      throw new IllegalArgumentException(
          "checkpointPostings must be at least 1 (got " + checkpointPostings + ")");
    }
    if (checkpointAge.isNegative()) {
      throw new IllegalArgumentException(
          "checkpointAge must not be negative (got " + checkpointAge + ")");
    }
    if (memoryBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "memoryBytes must be at least 1 MiB (got " + memoryBytes + ")");
    }
    if (searches < 1) {
      throw new IllegalArgumentException("searches must be at least 1 (got " + searches + ")");
    }
    if (logFileBytes < 1 << 10 || logFileBytes > 1 << 29) {
      throw new IllegalArgumentException(
          "logFileBytes must be 1 KiB to 512 MiB (got " + logFileBytes + ")");
    }
    if (mergeBytesPerSecond < 1 << 20) {
      throw new IllegalArgumentException(
          "mergeBytesPerSecond must be at least 1 MiB (got " + mergeBytesPerSecond + ")");
    }
  }

  /** The same with another {@link #checkpointPostings}. */
  public IndexConfig withCheckpointPostings(long postings) {
    return new IndexConfig(
        postings,
        checkpointAge,
        memoryBytes,
        searches,
        residence,
        logFileBytes,
        mergeBytesPerSecond,
        verification);
  }

  /** The same with another {@link #checkpointAge}. */
  public IndexConfig withCheckpointAge(Duration age) {
    return new IndexConfig(
        checkpointPostings,
        age,
        memoryBytes,
        searches,
        residence,
        logFileBytes,
        mergeBytesPerSecond,
        verification);
  }

  /** The same with another {@link #memoryBytes}. */
  public IndexConfig withMemoryBytes(long bytes) {
    return new IndexConfig(
        checkpointPostings,
        checkpointAge,
        bytes,
        searches,
        residence,
        logFileBytes,
        mergeBytesPerSecond,
        verification);
  }

  /** The same with another {@link #residence}. */
  public IndexConfig withResidence(Segment.Residence value) {
    return new IndexConfig(
        checkpointPostings,
        checkpointAge,
        memoryBytes,
        searches,
        value,
        logFileBytes,
        mergeBytesPerSecond,
        verification);
  }

  /** The same with another {@link #logFileBytes}. */
  public IndexConfig withLogFileBytes(int bytes) {
    return new IndexConfig(
        checkpointPostings,
        checkpointAge,
        memoryBytes,
        searches,
        residence,
        bytes,
        mergeBytesPerSecond,
        verification);
  }

  /** The same with another {@link #mergeBytesPerSecond}. */
  public IndexConfig withMergeBytesPerSecond(long bytes) {
    return new IndexConfig(
        checkpointPostings,
        checkpointAge,
        memoryBytes,
        searches,
        residence,
        logFileBytes,
        bytes,
        verification);
  }

  /** The same with another {@link #verification}. */
  public IndexConfig withVerification(Segment.Verification value) {
    return new IndexConfig(
        checkpointPostings,
        checkpointAge,
        memoryBytes,
        searches,
        residence,
        logFileBytes,
        mergeBytesPerSecond,
        value);
  }
}
