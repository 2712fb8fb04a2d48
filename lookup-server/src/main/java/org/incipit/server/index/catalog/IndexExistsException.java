package org.incipit.server.index.catalog;

import java.io.IOException;

/** An index was not created because of one that is there, or was. Nothing was changed. */
public final class IndexExistsException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Conflict {
    /** There is one, and none was expected. */
    EXISTS,
    /** The generation asked for is below that of the present index, or not above the last one. */
    OLDER,
    /** The generation asked for is above that of the present index. */
    NEWER
  }

  private final Conflict conflict;

  IndexExistsException(String name, long generation, Conflict conflict) {
    super(
        switch (conflict) {
          case EXISTS -> "index " + name + " exists already";
          case OLDER, NEWER ->
              "index " + name + " is at generation " + Long.toUnsignedString(generation);
        });
    this.conflict = conflict;
  }

  /** Why it was not created. */
  public Conflict conflict() {
    return conflict;
  }
}
