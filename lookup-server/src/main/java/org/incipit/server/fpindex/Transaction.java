package org.incipit.server.fpindex;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.jspecify.annotations.Nullable;

/** What a client of the line protocol has asked for since {@code begin}. One thread. */
final class Transaction implements AutoCloseable {
  /** Of one transaction. A record of the log takes four times as much. */
  static final long MOST_BYTES = 64 << 20;

  /** A client that says nothing for so long keeps no memory from others, whatever it has set. */
  static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

  private static final int ENTRY_BYTES = 64;

  private final Room room;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, String> attributes = new HashMap<>();
  private long bytes;
  private boolean optimizes;

  Transaction(Room room) {
    this.room = room;
  }

  void insert(int id, int[] hashes) throws LineError {
    take(ENTRY_BYTES + (4L * hashes.length));
    changes.add(new Change.Insert(id, hashes));
  }

  void set(String name, String value) throws LineError {
    take(ENTRY_BYTES + (2L * (name.length() + value.length())));
    attributes.put(name, value);
  }

  private void take(long more) throws LineError {
    if (bytes + more > Math.min(MOST_BYTES, room.most())) {
      throw tooLarge();
    }
    if (!room.take(more)) {
      throw noRoom();
    }
    bytes += more;
  }

  /** It can never be. */
  static LineError tooLarge() {
    return new LineError("transaction too large");
  }

  /** It might be later. */
  static LineError noRoom() {
    return new LineError("other transactions take all memory");
  }

  /** The attribute as it will be; null if this does not set it. */
  @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  /** Asks for all to be merged to one segment afterwards. */
  void optimize() {
    optimizes = true;
  }

  boolean optimizes() {
    return optimizes;
  }

  boolean isEmpty() {
    return changes.isEmpty() && attributes.isEmpty();
  }

  Batch batch() {
    return new Batch(changes, attributes);
  }

  /** Gives back what it took of the room. */
  @Override
  public void close() {
    room.giveBack(bytes);
    bytes = 0;
  }
}
