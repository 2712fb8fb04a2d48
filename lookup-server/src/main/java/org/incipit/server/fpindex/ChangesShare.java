package org.incipit.server.fpindex;

import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;

/**
 * What the changes of one request take of the memory for all that are under way, from being read
 * until they are committed. A hash may come as one byte, and is four as a number, four in the
 * record of the log and up to eighteen while its posting is sorted into a run. One thread.
 */
final class ChangesShare implements HashCharge, AutoCloseable {
  static final long HASH_BYTES = 26;

  /** A change beside its hashes: objects, places in lists, a copy of them to sort. */
  static final long CHANGE_BYTES = 96;

  /** Metadata: objects, places in maps and lists; and its text, in memory and in the record. */
  static final long ENTRY_BYTES = 256;

  static final long CHARACTER_BYTES = 8;

  /** Taken at a time, so that a small update asks once. */
  private static final long PORTION = 64 << 10;

  private final Room room;
  private long taken;
  private long left;

  /** Nothing yet. */
  ChangesShare(Room room) {
    this.room = room;
  }

  @Override
  public void hashes(int more) throws Refusal {
    take(HASH_BYTES * more);
  }

  /** One more change, without its hashes. */
  void change() throws Refusal {
    take(CHANGE_BYTES);
  }

  /** One more entry of metadata. */
  void entry(String key, String value) throws Refusal {
    take(ENTRY_BYTES + (CHARACTER_BYTES * ((long) key.length() + value.length())));
  }

  /** All of a batch. */
  void batch(Batch batch) throws Refusal {
    for (Change change : batch.changes()) {
      change();
      if (change instanceof Change.Insert insert) {
        hashes(insert.hashes().length);
      }
    }
    for (var entry : batch.metadata().entrySet()) {
      entry(entry.getKey(), entry.getValue());
    }
  }

  private void take(long bytes) throws Refusal {
    if (bytes > left) {
      takePortion(bytes);
    }
    left -= bytes;
  }

  private void takePortion(long bytes) throws Refusal {
    long needed = bytes - left;
    if (taken + needed > room.most()) {
      throw new Refusal(
          Refusal.Name.BODY_TOO_BIG,
          "the changes would take more memory than there is for all, "
              + room.most()
              + " bytes (changes-memory-bytes)");
    }
    long more = Math.min(Math.max(needed, PORTION), room.most() - taken);
    if (!room.take(more)) {
      throw new Refusal(Refusal.Name.OVERLOADED, "the changes of other requests take all memory");
    }
    taken += more;
    left += more;
  }

  /** Gives back what was taken. */
  @Override
  public void close() {
    room.giveBack(taken);
    taken = 0;
    left = 0;
  }
}
