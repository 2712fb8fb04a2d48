package org.incipit.server.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.FeedChange;
import org.incipit.server.catalog.FeedHead;
import org.jspecify.annotations.Nullable;

/** Changes in memory: their reading can fail, and their history be undone. Of one thread. */
final class MadeUpFeed implements ChangeSource {
  private final UUID id = UUID.randomUUID();
  private final List<FeedChange> changes = new ArrayList<>();
  private @Nullable Throwable failure;
  private int reads;
  private int forgotten;

  void add(long mark, @Nullable Fingerprint fingerprint) {
    long next = changes.size() + 1;
    changes.add(new FeedChange(next, mark, next, next, 60, fingerprint));
  }

  /** The last changes have never been. */
  void undo(int count) {
    changes.subList(changes.size() - count, changes.size()).clear();
  }

  /** From now on changes cannot be read, or again if it is null. */
  void fail(@Nullable Throwable cause) {
    failure = cause;
  }

  /** How often changes were read. */
  int reads() {
    return reads;
  }

  int forgotten() {
    return forgotten;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public FeedHead head() {
    return new FeedHead(changes.size(), changes.size(), changes.size());
  }

  @Override
  public List<FeedChange> after(long position, int most) throws IOException {
    reads++;
    switch (failure) {
      case IOException e -> throw e;
      case Error e -> throw e;
      case null, default -> {
        int from = (int) Math.min(position, changes.size());
        return List.copyOf(changes.subList(from, Math.min(changes.size(), from + most)));
      }
    }
  }

  @Override
  public OptionalLong markAt(long position) {
    return position < 1 || position > changes.size()
        ? OptionalLong.empty()
        : OptionalLong.of(changes.get((int) position - 1).mark());
  }

  @Override
  public void forget() {
    forgotten++;
  }
}
