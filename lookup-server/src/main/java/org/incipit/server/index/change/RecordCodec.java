package org.incipit.server.index.change;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes and reads the records of a log; the grammar is in the package's description. */
final class RecordCodec {
  /** Bytes before a payload. */
  static final int HEAD_BYTES = 32;

  /** The longest payload, in bytes. */
  static final int MAX_PAYLOAD = 1 << 28;

  /** Records as long as that are written without being copied. */
  static final int DIRECT_BYTES = 1 << 16;

  private static final int MIN_PAYLOAD = 16;
  private static final int END_PAYLOAD = 8;
  private static final int SEQUENCE = 8;
  private static final int GROUP = 16;
  private static final int SALT = 24;
  private static final int DELETED = -1;

  private RecordCodec() {}

  /**
   * A record whose sequence number, version and check are not there yet.
   *
   * @throws IllegalArgumentException if the batch is too large for one
   */
  static ByteBuffer encode(Batch batch) {
    long payload = MIN_PAYLOAD;
    List<byte[]> texts = new ArrayList<>();
    for (Map.Entry<String, String> entry : batch.metadata().entrySet()) {
      texts.add(entry.getKey().getBytes(StandardCharsets.UTF_8));
      texts.add(entry.getValue().getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] text : texts) {
      payload += 4 + text.length;
    }
    for (Change change : batch.changes()) {
      payload += 8 + (change instanceof Change.Insert insert ? 4L * insert.hashes().length : 0);
    }
    if (payload > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a batch must take at most " + MAX_PAYLOAD + " bytes (got " + payload + ")");
    }
    int length = HEAD_BYTES + padded((int) payload);
    ByteBuffer record =
        (length < DIRECT_BYTES ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length))
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putInt((int) payload).position(HEAD_BYTES + 8);
    record.putInt(texts.size() / 2);
    for (byte[] text : texts) {
      record.putInt(text.length).put(text);
    }
    record.putInt(batch.changes().size());
    for (Change change : batch.changes()) {
      record.putInt(change.id());
      switch (change) {
        case Change.Insert insert -> {
          int[] hashes = insert.hashes();
          record.putInt(hashes.length);
          record.asIntBuffer().put(hashes);
          record.position(record.position() + 4 * hashes.length);
        }
        case Change.Delete delete -> record.putInt(DELETED);
      }
    }
    return record.position(0).limit(record.capacity());
  }

  /**
   * Completes a record of {@link #encode}.
   *
   * @param salt of the file
   * @param group sequence number of the first of the records that are synced together
   */
  static void stamp(ByteBuffer record, long salt, long sequence, long group, long version) {
    record.putLong(SEQUENCE, sequence).putLong(GROUP, group).putLong(SALT, salt);
    record.putLong(HEAD_BYTES, version);
    record.putInt(4, check(record, 0, record.getInt(0)));
  }

  /** The record that closes a file. */
  static ByteBuffer end(long salt, long next) {
    ByteBuffer record =
        ByteBuffer.allocate(HEAD_BYTES + END_PAYLOAD).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(0, END_PAYLOAD).putLong(SEQUENCE, next).putLong(GROUP, next).putLong(SALT, salt);
    return record.putInt(4, check(record, 0, END_PAYLOAD));
  }

  /** Bytes of a record with this payload. */
  static int padded(int payload) {
    return payload + 7 & -8;
  }

  /**
   * The length of the payload of a record at this place, or -1 if there is no valid one.
   *
   * @param salt of the file
   * @param sequence that it must have
   */
  static int payload(ByteBuffer log, int at, long salt, long sequence) {
    if (log.limit() - at < HEAD_BYTES + END_PAYLOAD) {
      return -1;
    }
    int length = log.getInt(at);
    boolean plausible =
        (length == END_PAYLOAD || length >= MIN_PAYLOAD)
            && length <= MAX_PAYLOAD
            && padded(length) <= log.limit() - at - HEAD_BYTES
            && log.getLong(at + SALT) == salt
            && sequence(log, at) == sequence;
    return plausible && log.getInt(at + 4) == check(log, at, length) ? length : -1;
  }

  /** The sequence number of a record, if there is one. */
  static long sequence(ByteBuffer log, int at) {
    return log.getLong(at + SEQUENCE);
  }

  /** That of the first record of its group: all before that one were synced already. */
  static long group(ByteBuffer log, int at) {
    return log.getLong(at + GROUP);
  }

  static boolean isEnd(int payload) {
    return payload == END_PAYLOAD;
  }

  private static int check(ByteBuffer record, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(record.duplicate().limit(at + 4).position(at));
    crc.update(record.duplicate().limit(at + HEAD_BYTES + padded(length)).position(at + 8));
    return (int) crc.getValue();
  }

  /** Reads a valid record. */
  static Commit decode(ByteBuffer log, int at) {
    ByteBuffer from = log.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long sequence = sequence(log, at);
    from.position(at + HEAD_BYTES);
    long version = from.getLong();
    Map<String, String> metadata = new HashMap<>();
    for (int entries = from.getInt(); entries > 0; entries--) {
      metadata.put(text(from), text(from));
    }
    int count = from.getInt();
    List<Change> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int id = from.getInt();
      int length = from.getInt();
      if (length == DELETED) {
        changes.add(new Change.Delete(id));
      } else {
        int[] hashes = new int[length];
        from.asIntBuffer().get(hashes);
        from.position(from.position() + 4 * length);
        changes.add(new Change.Insert(id, hashes));
      }
    }
    return new Commit(sequence, version, new Batch(changes, metadata));
  }

  private static String text(ByteBuffer from) {
    byte[] text = new byte[from.getInt()];
    from.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
