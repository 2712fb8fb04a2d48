package org.incipit.server.index.file;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an index asks of a file system, and what it may rely on after a power failure: the bytes of
 * a file once {@link DiskFile#sync()} has returned, and names (created, renamed, deleted) once
 * {@link #syncDirectory} has. Nothing else. Tests put a disk in its place that takes this
 * literally.
 *
 * <p>Methods may be called by several threads. Interrupts have no effect on them.
 */
public interface Disk {
  /**
   * Creates an empty file, open for reading and writing.
   *
   * @throws IOException also if there is one of that name
   */
  DiskFile create(Path file) throws IOException;

  /**
   * Opens a file for reading.
   *
   * @throws FileNotFoundException if there is none
   */
  DiskFile open(Path file) throws IOException;

  /**
   * Opens a file for reading and for writing over what it holds.
   *
   * @throws FileNotFoundException if there is none
   */
  DiskFile openToWrite(Path file) throws IOException;

  /**
   * Gives a file or folder another name in the same file system, atomically, over what is there.
   */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file, or a folder that is empty. Nothing happens if there is none. */
  void delete(Path file) throws IOException;

  /** Removes a folder and the files in it. Nothing happens if there is none. */
  default void deleteFolder(Path folder) throws IOException {
    for (String file : list(folder)) {
      delete(folder.resolve(file));
    }
    delete(folder);
  }

  /** Creates a folder and those above it, unless they are there, and makes its name last. */
  void createDirectory(Path folder) throws IOException;

  /** Makes the names in a folder last. */
  void syncDirectory(Path folder) throws IOException;

  /**
   * Keeps a folder for the caller until what is returned is closed, or the process ends.
   *
   * @throws DirectoryInUseException if another process, or somebody else in this one, has it
   */
  Closeable lock(Path folder) throws IOException;

  /** The names in a folder, sorted; none if there is no such folder. */
  List<String> list(Path folder) throws IOException;
}
