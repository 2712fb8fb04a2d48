package org.incipit.server.index.snapshot;

import java.io.IOException;

/** A stream is not the snapshot of an index, or not a whole one. */
public final class SnapshotFormatException extends IOException {
  private static final long serialVersionUID = 1;

  private final long position;

  SnapshotFormatException(long position, String what) {
    super("snapshot, byte " + position + ": " + what);
    this.position = position;
  }

  SnapshotFormatException(long position, IOException cause) {
    super("snapshot, before byte " + position + ": " + cause.getMessage(), cause);
    this.position = position;
  }

  /** The byte of the stream at or before which that was noticed, from 0. */
  public long position() {
    return position;
  }
}
