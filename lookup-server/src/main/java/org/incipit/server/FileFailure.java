package org.incipit.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words. */
public final class FileFailure {
  private FileFailure() {}

  /** One line. The JDK's own message is but the name of the file where that says it all to it. */
  public static String describe(IOException failure) {
    return switch (failure) {
      case NoSuchFileException absent -> absent.getFile() + " is not there";
      case FileAlreadyExistsException file -> file.getFile() + " is no folder";
      case AccessDeniedException denied -> denied.getFile() + " may not be used";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
