package org.incipit.cli.fpcalc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard output leads to, looked at after writing to it has failed. */
public final class OutputTarget {
  private OutputTarget() {}

  /** Whether the failure is that of a pipe or socket without a reader. */
  public static boolean readerIsGone(IOException failure) {
    String message = failure.getMessage();
    if (message != null && message.contains("Broken pipe")) {
      return true;
    }
    try {
      // The message may be in any language; a pipe or socket fails for no other reason.
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | RuntimeException e) {
      return false; // no /proc: the message decides
    }
  }
}
