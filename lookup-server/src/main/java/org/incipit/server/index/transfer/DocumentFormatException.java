package org.incipit.server.index.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of documents is damaged, ends too early, or is none. */
public final class DocumentFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private final long position;

  /**
   * Damage at a place.
   *
   * @param place what position counts: "byte" or "line"
   */
  DocumentFormatException(String place, long position, String what, @Nullable Throwable cause) {
    super(place + " " + position + ": " + what, cause);
    this.position = position;
  }

  /** The byte from 0, or the line from 1, at which it was noticed. */
  public long position() {
    return position;
  }
}
