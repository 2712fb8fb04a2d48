package org.incipit.server.index.file;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The file system of the machine. */
public final class FileDisk implements Disk {
  /** The only one that is needed. */
  public static final Disk INSTANCE = new FileDisk();

  private FileDisk() {}

  @Override
  public DiskFile create(Path file) throws IOException {
    return new LocalFile(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return existing(file, StandardOpenOption.READ);
  }

  @Override
  public DiskFile openToWrite(Path file) throws IOException {
    return existing(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static DiskFile existing(Path file, OpenOption... options) throws IOException {
    try {
      return new LocalFile(file, options);
    } catch (NoSuchFileException e) {
      FileNotFoundException absent = new FileNotFoundException(file + " is not there");
      absent.initCause(e);
      throw absent;
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void createDirectory(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      if (parent != null && !Files.isDirectory(parent)) {
        createDirectory(parent);
      }
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
    if (parent != null) {
      // Also for one that is there: a program that was killed may not have come to this.
      syncDirectory(parent);
    }
  }

  @Override
  public void syncDirectory(Path folder) throws IOException {
    Uninterrupted.call(() -> {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
        return folder;
      }
    });
  }

  @Override
  public Closeable lock(Path folder) throws IOException {
    return DirectoryLock.acquire(folder);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
