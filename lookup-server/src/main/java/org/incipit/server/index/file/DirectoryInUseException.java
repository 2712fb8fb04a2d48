package org.incipit.server.index.file;

import java.io.IOException;
import java.nio.file.Path;

/** A directory belongs to another process, or to somebody else in this one. */
public final class DirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1;

  private final String pid;

  /**
   * Refuses a directory.
   *
   * @param pid of the process that has it, empty if that is not known
   */
  DirectoryInUseException(Path directory, String pid) {
    super(directory + " is in use by " + (pid.isEmpty() ? "another process" : "process " + pid));
    this.pid = pid;
  }

  /** The id of the process that has it, empty if that is not known. */
  public String pid() {
    return pid;
  }
}
