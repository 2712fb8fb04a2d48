package org.incipit.server.index.catalog;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.incipit.server.index.Index;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Holders;

/** An index of a catalog while somebody holds it: the catalog itself, or a lease. */
final class OpenIndex implements CatalogEntry {
  private final Index index;
  private final long generation;
  private final Path folder;
  private final Consumer<OpenIndex> unheld;
  private final Holders holders = new Holders();
  private volatile boolean deleted;

  /**
   * Held once.
   *
   * @param unheld called once, when nobody holds it any more
   */
  OpenIndex(Index index, long generation, Path folder, Consumer<OpenIndex> unheld) {
    this.index = index;
    this.generation = generation;
    this.folder = folder;
    this.unheld = unheld;
  }

  Index index() {
    return index;
  }

  /** What was found in it since it was opened. */
  Optional<CorruptIndexException> damage() {
    return index.damage();
  }

  long generation() {
    return generation;
  }

  Path folder() {
    return folder;
  }

  /** Refuses to create it again, if that is an error; see {@link IndexCatalog#create}. */
  void requireSame(String name, boolean expectsNone, OptionalLong wanted)
      throws IndexExistsException {
    if (expectsNone) {
      throw new IndexExistsException(name, generation, IndexExistsException.Conflict.EXISTS);
    }
    if (wanted.isPresent()) {
      int order = Long.compareUnsigned(wanted.getAsLong(), generation);
      if (order != 0) {
        throw new IndexExistsException(
            name,
            generation,
            order < 0 ? IndexExistsException.Conflict.OLDER : IndexExistsException.Conflict.NEWER);
      }
    }
  }

  /** From now on its files may be removed once nobody holds it. */
  void markDeleted() {
    deleted = true;
  }

  boolean isDeleted() {
    return deleted;
  }

  /** Holds it once more, unless nobody does any longer. */
  boolean tryRetain() {
    return holders.tryRetain();
  }

  /** Holds it once less. */
  void release() {
    if (holders.release()) {
      unheld.accept(this);
    }
  }
}
