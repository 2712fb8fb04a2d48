package org.incipit.server.index.catalog;

import java.io.IOException;
import org.incipit.server.index.file.CorruptIndexException;

/**
 * An index was damaged when its catalog was opened, or was found damaged since. It can only be
 * deleted, or repaired by hand.
 */
public final class IndexDamagedException extends IOException {
  private static final long serialVersionUID = 1;

  private final CorruptIndexException damage;

  IndexDamagedException(String name, CorruptIndexException damage) {
    super("index " + name + " is damaged: " + damage.getMessage(), damage);
    this.damage = damage;
  }

  /** Where. */
  public CorruptIndexException damage() {
    return damage;
  }
}
