package org.incipit.server.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is made under another name, which nobody else has, and goes if it never is whole.
 * If the folder is there already it may be a place where something is mounted, which cannot be
 * replaced: then it is made within, and what it has is moved up. Only its owner may read it, since
 * keys are in it.
 */
final class NewFolder implements Closeable {
  /** What a new file system has by itself. */
  private static final String LOST_AND_FOUND = "lost+found";

  private static final int RANDOM_BYTES = 8;

  private final Path name;
  private final Path partial;
  private final boolean isThere;
  private boolean complete;

  /**
   * Begins one.
   *
   * @throws IOException if there is something of that name that is no empty folder
   */
  NewFolder(Path name) throws IOException {
    this.name = name.toAbsolutePath().normalize();
    isThere = Files.exists(name);
    if (isThere && !isEmpty(name)) {
      throw new IOException(name + " is there already, and not an empty folder");
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String part = ".partial-" + HexFormat.of().formatHex(random);
    if (isThere) {
      partial = this.name.resolve(part);
    } else {
      partial = this.name.resolveSibling(this.name.getFileName() + part);
      Files.createDirectories(this.name.resolveSibling("."));
    }
    Files.createDirectory(partial, mode("rwx------"));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(file -> file.endsWith(LOST_AND_FOUND));
    }
  }

  private FileAttribute<?>[] mode(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return name.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Where it is meanwhile. */
  Path path() {
    return partial;
  }

  /**
   * Gives it its name, once all of it is on the disk.
   *
   * @param last of its files the one that says that it is whole
   */
  void complete(String last) throws IOException {
    try (Stream<Path> all = Files.walk(partial)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        if (isPosix()) {
          Files.setPosixFilePermissions(
              path,
              PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
        sync(path);
      }
    }
    if (isThere) {
      moveUp(last);
      sync(name);
    } else {
      Files.move(partial, name, StandardCopyOption.ATOMIC_MOVE);
      sync(name.resolveSibling("."));
    }
    complete = true;
  }

  private void moveUp(String last) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(partial)) {
      files = all.sorted(Comparator.comparing(file -> file.endsWith(last))).toList();
    }
    for (Path file : files) {
      Files.move(file, name.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      sync(name);
    }
    Files.delete(partial);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    if (!complete) {
      discard();
    }
  }

  private void discard() throws IOException {
    Files.walkFileTree(
        partial,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
