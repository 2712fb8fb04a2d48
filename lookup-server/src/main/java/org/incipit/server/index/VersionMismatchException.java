package org.incipit.server.index;

import java.io.IOException;

/** An update expected another version of the index than it found. Nothing was changed. */
public final class VersionMismatchException extends IOException {
  private static final long serialVersionUID = 1;

  VersionMismatchException(long expected, long found) {
    super(
        "expected version "
            + Long.toUnsignedString(expected)
            + ", the index is at "
            + Long.toUnsignedString(found));
  }
}
