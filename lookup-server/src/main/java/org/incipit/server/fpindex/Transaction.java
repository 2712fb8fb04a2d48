package org.incipit.server.fpindex;

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

  private static final int ENTRY_BYTES = 64;

  private final TransactionRoom room;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, String> attributes = new HashMap<>();
  private long bytes;
  private boolean optimizes;

  Transaction(TransactionRoom room) {
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
    if (bytes + more > MOST_BYTES || !room.take(more)) {
      throw new LineError("transaction too large");
    }
    bytes += more;
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
