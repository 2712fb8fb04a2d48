package org.incipit.server.fpindex;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body is not what its route takes. */
final class BodyFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private final long position;

  BodyFormatException(long position, String what) {
    this(position, what, null);
  }

  BodyFormatException(long position, String what, @Nullable Throwable cause) {
    super("body, byte " + position + ": " + what, cause);
    this.position = position;
  }

  /** The byte at or before which that was noticed, from 0. */
  long position() {
    return position;
  }
}
