package org.incipit.server.index.change;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.jspecify.annotations.Nullable;

/** One file of a log: its name, its header, and reading it. */
record LogFile(Path path, long first) {
  static final int HEADER_BYTES = 32;
  static final String SUFFIX = ".log";

  private static final long MAGIC = 0x474F4C5049434E49L; // "INCIPLOG"
  private static final int VERSION = 1;
  static final int SALT = 20;

  /**
   * What a file was found to hold.
   *
   * @param salt of its records
   * @param next sequence number after its last record
   * @param bytes where its last record ends
   * @param closed whether an end was written: nothing was being written when the program ended
   * @param torn whether something behind {@code bytes} was given up
   */
  record Content(long salt, long next, long bytes, boolean closed, boolean torn) {}

  /** Receives the commits of a log in their order. */
  @FunctionalInterface
  interface Sink {
    void commit(Commit commit) throws IOException;
  }

  static LogFile of(Path folder, long first) {
    return new LogFile(folder.resolve(String.format("%016x%s", first, SUFFIX)), first);
  }

  /** The file of this name. */
  static LogFile named(Path folder, String name) throws IOException {
    Path path = folder.resolve(name);
    if (!name.matches("[0-9a-f]{16}\\.log")) {
      throw new CorruptIndexException(path, 0, "not the name of a log file");
    }
    return new LogFile(path, Long.parseUnsignedLong(name.substring(0, 16), 16));
  }

  ByteBuffer header(long salt) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putInt(VERSION).putLong(first).putLong(salt);
    return header.putInt(crc(header)).flip();
  }

  private static int crc(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(0).limit(HEADER_BYTES - 4));
    return (int) crc.getValue();
  }

  /**
   * Reads the file and passes on its commits.
   *
   * @param following the next file, which begins with the record after the last one of this file;
   *     null if there is none, so that a record may be torn
   * @throws CorruptIndexException if it is damaged
   */
  Content read(Disk disk, @Nullable LogFile following, Sink sink) throws IOException {
    try (Arena arena = Arena.ofConfined();
        DiskFile file = disk.open(path)) {
      if (file.size() > Integer.MAX_VALUE) {
        throw new CorruptIndexException(path, Integer.MAX_VALUE, "longer than a log file can be");
      }
      ByteBuffer log = arena.allocate(file.size(), 8).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      file.read(log, 0);
      log.flip();
      requireHeader(log);
      return read(log, following, sink);
    }
  }

  private void requireHeader(ByteBuffer log) throws IOException {
    if (log.limit() < HEADER_BYTES
        || log.getLong(0) != MAGIC
        || log.getInt(HEADER_BYTES - 4) != crc(log)) {
      throw new CorruptIndexException(path, 0, "not the header of a log file");
    }
    if (log.getInt(8) != VERSION || log.getLong(12) != first) {
      throw new CorruptIndexException(
          path,
          8,
          String.format(
              "should be format %d from %016x, is format %d from %016x",
              VERSION, first, log.getInt(8), log.getLong(12)));
    }
  }

  private Content read(ByteBuffer log, @Nullable LogFile following, Sink sink) throws IOException {
    long salt = log.getLong(SALT);
    long next = first;
    int at = HEADER_BYTES;
    int payload = RecordCodec.payload(log, at, salt, next);
    while (payload >= 0 && !RecordCodec.isEnd(payload)) {
      sink.commit(RecordCodec.decode(log, at));
      at += RecordCodec.HEAD_BYTES + RecordCodec.padded(payload);
      next++;
      payload = RecordCodec.payload(log, at, salt, next);
    }
    if (following != null && following.first != next) {
      throw new CorruptIndexException(
          path,
          at,
          "record " + next + " is damaged or missing, " + following.path + " does not begin there");
    }
    if (payload >= 0) {
      requireZeros(log, at + RecordCodec.HEAD_BYTES + RecordCodec.padded(payload));
      return new Content(salt, next, at, true, false);
    }
    if (following != null) {
      // The end alone was lost: everything before it was synced earlier.
      return new Content(salt, next, at, false, false);
    }
    boolean torn = firstNotZero(log, at) < log.limit();
    if (torn) {
      requireNothingAfter(log, at, salt, next);
    }
    return new Content(salt, next, at, false, torn);
  }

  private void requireZeros(ByteBuffer log, int from) throws IOException {
    int at = firstNotZero(log, from);
    if (at < log.limit()) {
      throw new CorruptIndexException(path, at, "something behind the end of the log");
    }
  }

  private static int firstNotZero(ByteBuffer log, int from) {
    int at = from;
    while (at < log.limit() && log.get(at) == 0) {
      at++;
    }
    return at;
  }

  /**
   * Records are synced in groups. Of the group that was being written when the power went any
   * record may be whole, but none of a later group is there. What a client sends cannot be taken
   * for a record, since nobody outside knows the salt.
   */
  private void requireNothingAfter(ByteBuffer log, int from, long salt, long sequence)
      throws IOException {
    for (int at = from + 8; at + RecordCodec.HEAD_BYTES < log.limit(); at += 8) {
      long found = RecordCodec.sequence(log, at);
      if (found - sequence > 0
          && found - sequence < log.limit()
          && RecordCodec.group(log, at) - sequence > 0
          && RecordCodec.payload(log, at, salt, found) >= 0) {
        throw new CorruptIndexException(
            path, from, "record " + sequence + " is damaged, record " + found + " follows");
      }
    }
  }
}
