package org.incipit.server.index.change;

import java.util.List;
import java.util.Map;

/**
 * Changes that happen together or not at all. Of several changes of one document the last one
 * holds.
 *
 * @param changes may be none
 * @param metadata entries to set; others stay
 */
public record Batch(List<Change> changes, Map<String, String> metadata) {
  public Batch {
    changes = List.copyOf(changes);
    metadata = Map.copyOf(metadata);
  }

  /** A batch without metadata. */
  public static Batch of(Change... changes) {
    return new Batch(List.of(changes), Map.of());
  }
}
