package org.incipit.server.index;

import java.io.IOException;

/** The metadata of an index would be longer than it may be. Nothing was changed. */
public final class MetadataLimitException extends IOException {
  private static final long serialVersionUID = 1;

  MetadataLimitException(long bytes) {
    super(
        "metadata must be at most "
            + MetadataRoom.MOST_BYTES
            + " bytes in all (would be "
            + bytes
            + ")");
  }
}
