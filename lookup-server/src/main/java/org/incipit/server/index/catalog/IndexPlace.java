package org.incipit.server.index.catalog;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.DirectoryLock;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.store.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that a path leads to: those of a data directory, or the one whose folder it is. While
 * this is open no other process has them.
 */
public final class IndexPlace implements Closeable {
  private final Deque<Closeable> locks;
  private final Map<String, Path> folders;

  private IndexPlace(Deque<Closeable> locks, Map<String, Path> folders) {
    this.locks = locks;
    this.folders = folders;
  }

  /**
   * Locks what is there.
   *
   * @param sink told of names whose state is damaged, or whose index is gone; they are left out
   * @throws FileNotFoundException if there is no index
   */
  public static IndexPlace open(Path path, DamageSink sink) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new FileNotFoundException(path + " is not a folder");
    }
    boolean many = Files.isDirectory(path.resolve(CatalogFolders.INDEXES));
    if (!many && !isIndex(path)) {
      throw new FileNotFoundException(path + " holds no index");
    }
    Deque<Closeable> locks = new ArrayDeque<>();
    Map<String, Path> folders = new TreeMap<>();
    IndexPlace place = new IndexPlace(locks, folders);
    boolean opened = false;
    try {
      Path owner = many ? path : owner(path);
      locks.push(DirectoryLock.acquire(owner));
      folders.putAll(many ? catalog(path, sink) : Map.of(String.valueOf(path.getFileName()), path));
      for (Path folder : folders.values()) {
        if (!Files.isSameFile(folder, owner)) {
          // Who has opened only this index has locked only this.
          locks.push(DirectoryLock.acquire(folder));
        }
      }
      opened = true;
      return place;
    } finally {
      if (!opened) {
        place.close();
      }
    }
  }

  /** Whether this is the folder of one index. */
  public static boolean isIndex(Path path) throws IOException {
    return FileDisk.INSTANCE.list(path).stream()
        .anyMatch(name -> name.equals(Manifest.NAME) || name.matches("[0-9a-f]{16}\\.log"));
  }

  /** What a process that has the index locks: the data directory, if it is in one. */
  private static Path owner(Path index) throws IOException {
    Path real = index.toRealPath();
    if (real.getNameCount() < 4 || !Files.exists(real.resolveSibling(CatalogState.NAME))) {
      return real;
    }
    return real.resolve("../../..").toRealPath();
  }

  private static Map<String, Path> catalog(Path path, DamageSink sink) throws IOException {
    CatalogFolders folders = new CatalogFolders(FileDisk.INSTANCE, path);
    Map<String, Path> found = new TreeMap<>();
    for (String name : folders.names()) {
      try {
        CatalogState state = folders.state(name);
        if (state != null && state.exists()) {
          Path folder = folders.generation(name, state.generation());
          // Of one that lacks only its manifest, what is left can be read.
          found.put(name, isIndex(folder) ? folder : folders.index(name, state));
        }
      } catch (CorruptIndexException e) {
        sink.damage(e);
      }
    }
    return found;
  }

  /** The folder of each index, by its name. */
  public Map<String, Path> folders() {
    return folders;
  }

  /**
   * The folder of one index.
   *
   * @param name null if there is only one
   * @throws IOException if there is none of that name, or the name is needed
   */
  public Path folder(@Nullable String name) throws IOException {
    if (name == null && folders.size() != 1) {
      throw new IOException(
          folders.isEmpty()
              ? "there is no index"
              : "which index? There are " + String.join(", ", List.copyOf(folders.keySet())));
    }
    Path folder = name == null ? folders.values().iterator().next() : folders.get(name);
    if (folder == null) {
      throw new IndexNotFoundException(String.valueOf(name));
    }
    return folder;
  }

  @Override
  public void close() throws IOException {
    for (Closeable lock = locks.poll(); lock != null; lock = locks.poll()) {
      lock.close();
    }
  }
}
