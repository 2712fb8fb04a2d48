package org.incipit.server.index.file;

import java.io.IOException;
import java.nio.file.Path;

/** A file of an index does not hold what was written to it. */
public final class CorruptIndexException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final long position;

  /**
   * Damage at a byte.
   *
   * @param what what was wanted there, and what came
   */
  public CorruptIndexException(Path file, long position, String what) {
    super(file + ", byte " + position + ": " + what);
    this.file = file;
    this.position = position;
  }

  /** The same damage, met once more. */
  public CorruptIndexException(CorruptIndexException found) {
    super(found.getMessage(), found);
    file = found.file;
    position = found.position;
  }

  /** The damaged file. */
  public Path file() {
    return file;
  }

  /** The byte at which the damage was noticed, from 0. */
  public long position() {
    return position;
  }
}
