package org.incipit.server.index.catalog;

import org.incipit.server.index.file.CorruptIndexException;
import org.jspecify.annotations.Nullable;

/** What a catalog has of a name: an {@link OpenIndex}, or why there is none to be leased. */
sealed interface CatalogEntry permits OpenIndex, CatalogEntry.Unavailable {
  /** There is one, or may be, and it cannot be leased. */
  sealed interface Unavailable extends CatalogEntry {}

  /** It is made of a stream that is still coming. */
  record Restoring(long generation) implements Unavailable {}

  /**
   * It was deleted, but that is not written: it is unknown whether a restart would find it.
   *
   * @param open null if it was damaged
   */
  record Deleting(@Nullable OpenIndex open) implements Unavailable {}

  /** It could not be opened. */
  record Damaged(CorruptIndexException damage) implements Unavailable {}
}
