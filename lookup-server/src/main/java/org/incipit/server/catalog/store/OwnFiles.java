package org.incipit.server.catalog.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody else may read: a catalogue has keys in it. */
final class OwnFiles {
  private OwnFiles() {}

  /** Makes an empty file, unless there is one; SQLite gives those beside it the same mode. */
  static void create(Path file) throws IOException {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      // Whoever made it has given it the mode that he wants.
      return;
    }
  }
}
