package org.incipit.server.index.catalog;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.DirectoryLock;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.FileDisk;
import org.jspecify.annotations.Nullable;

/**
 * The indexes in a directory, by name. A name that is deleted and created again gets the next
 * generation, in a folder of its own, so that nothing of the one before can come back. Safe for any
 * number of threads; {@link #lease} takes no lock. One process, and one catalog, for a directory.
 */
public final class IndexCatalog implements Closeable {
  private static final Logger LOG = System.getLogger(IndexCatalog.class.getName());
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  /** Makes the index of a new generation in its folder. */
  @FunctionalInterface
  private interface Maker {
    Index make(Path folder) throws IOException;
  }

  private final @Nullable DirectoryLock lock;
  private final CatalogFolders folders;
  private final IndexConfig config;
  private final Map<String, OpenIndex> present = new ConcurrentHashMap<>();
  // Deletions of which it is unknown whether a restart would find them done.
  private final Map<String, OpenIndex> doubtful = new ConcurrentHashMap<>();
  private final Map<String, CatalogState> states = new HashMap<>();
  private final Set<OpenIndex> unfinished = new HashSet<>();
  private final ExecutorService closer =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("index catalog").daemon(true).factory());
  private @Nullable IOException failure;
  private boolean closed;

  private IndexCatalog(@Nullable DirectoryLock lock, CatalogFolders folders, IndexConfig config) {
    this.lock = lock;
    this.folders = folders;
    this.config = config;
  }

  /** Whether an index may be called so: {@code [A-Za-z0-9_-]{1,255}}. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Opens all indexes in a directory, which is created if it is not there.
   *
   * @throws org.incipit.server.index.file.DirectoryInUseException if another process has it
   * @throws CorruptIndexException if one of them is damaged
   */
  public static IndexCatalog open(Path directory, IndexConfig config) throws IOException {
    DirectoryLock lock = DirectoryLock.acquire(directory);
    return open(lock, new CatalogFolders(FileDisk.INSTANCE, directory), config);
  }

  /** The same on a disk that is not the machine's, and without a lock. */
  public static IndexCatalog open(Disk disk, Path directory, IndexConfig config)
      throws IOException {
    return open(null, new CatalogFolders(disk, directory), config);
  }

  private static IndexCatalog open(
      @Nullable DirectoryLock lock, CatalogFolders folders, IndexConfig config) throws IOException {
    IndexCatalog catalog = new IndexCatalog(lock, folders, config);
    boolean opened = false;
    try {
      catalog.openAll();
      opened = true;
      return catalog;
    } finally {
      if (!opened) {
        catalog.close();
      }
    }
  }

  private synchronized void openAll() throws IOException {
    for (String name : folders.names()) {
      CatalogState state = folders.state(name);
      if (state != null) {
        folders.sweep(name, state);
        states.put(name, state);
        if (state.exists()) {
          Path folder = folders.generation(name, state.generation());
          present.put(name, hold(Index.open(folders.disk(), folder, config), state, folder));
        }
      }
    }
  }

  private OpenIndex hold(Index index, CatalogState state, Path folder) {
    OpenIndex open =
        new OpenIndex(
            index, state.generation(), folder, unheld -> closer.execute(() -> finish(unheld)));
    synchronized (unfinished) {
      unfinished.add(open);
    }
    return open;
  }

  /** Closes an index that nobody holds any more, and removes it if it was deleted. */
  private void finish(OpenIndex open) {
    try {
      open.index().close();
      if (open.isDeleted()) {
        folders.disk().deleteFolder(open.folder());
      }
    } catch (IOException e) {
      // What is left of a deleted one is removed when the catalog is opened again.
      LOG.log(Level.WARNING, "closing " + open.folder() + ": " + e.getMessage());
      synchronized (unfinished) {
        failure = open.isDeleted() ? failure : e;
      }
    } finally {
      synchronized (unfinished) {
        unfinished.remove(open);
        unfinished.notifyAll();
      }
    }
  }

  /**
   * Creates an index, or finds that it is there.
   *
   * @param name see {@link #isName}
   * @param expectsNone whether it is an error if it is there
   * @param generation that it must have, or that a new one gets; unsigned. If there is none, a new
   *     one gets the last that was used and one more, the first one 1
   * @return its generation
   * @throws IndexExistsException if it is there and should not be, or the generation is another
   */
  public synchronized long create(String name, boolean expectsNone, OptionalLong generation)
      throws IOException {
    requireName(name);
    OpenIndex open = settled(name);
    if (open != null) {
      requireSame(name, open.generation(), expectsNone, generation);
      return open.generation();
    }
    return add(name, generation, folder -> Index.open(folders.disk(), folder, config));
  }

  /**
   * Creates an index of a stream that {@link Index#snapshot} wrote.
   *
   * @return its generation
   * @throws IndexExistsException if there is an index of that name, or the generation is not above
   *     the last one
   */
  public synchronized long restore(String name, OptionalLong generation, ReadableByteChannel from)
      throws IOException {
    requireName(name);
    OpenIndex open = settled(name);
    if (open != null) {
      throw new IndexExistsException(name, open.generation(), IndexExistsException.Conflict.EXISTS);
    }
    return add(name, generation, folder -> Index.restore(folders.disk(), folder, from, config));
  }

  private static void requireName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "the name of an index must be 1..255 of A-Z a-z 0-9 _ - (got \"" + name + "\")");
    }
  }

  private static void requireSame(
      String name, long present, boolean expectsNone, OptionalLong generation)
      throws IndexExistsException {
    if (expectsNone) {
      throw new IndexExistsException(name, present, IndexExistsException.Conflict.EXISTS);
    }
    if (generation.isPresent()) {
      int order = Long.compareUnsigned(generation.getAsLong(), present);
      if (order != 0) {
        throw new IndexExistsException(
            name,
            present,
            order < 0 ? IndexExistsException.Conflict.OLDER : IndexExistsException.Conflict.NEWER);
      }
    }
  }

  private long add(String name, OptionalLong generation, Maker maker) throws IOException {
    CatalogState last = states.getOrDefault(name, CatalogState.UNUSED);
    long next = generation.orElse(last.generation() + 1);
    if (Long.compareUnsigned(next, last.generation()) <= 0) {
      throw new IndexExistsException(name, last.generation(), IndexExistsException.Conflict.OLDER);
    }
    folders.disk().createDirectory(folders.name(name));
    if (!states.containsKey(name)) {
      // A folder with indexes and without a state would be damage.
      last.write(folders.disk(), folders.name(name));
      states.put(name, last);
    }
    Path folder = folders.generation(name, next);
    // What a failed attempt has left. Folders of other generations may be in use.
    folders.disk().deleteFolder(folder);
    CatalogState state = new CatalogState(next, true);
    Index index = maker.make(folder);
    boolean added = false;
    try {
      state.write(folders.disk(), folders.name(name));
      added = true;
    } finally {
      if (!added) {
        index.close();
      }
    }
    states.put(name, state);
    present.put(name, hold(index, state, folder));
    return next;
  }

  /**
   * Deletes an index. Who has leased it keeps it; the data goes after that.
   *
   * @param expectsOne whether it is an error if there is none
   * @return whether there was one
   * @throws IOException if that could not be written. The index cannot be leased any more; whether
   *     a restart would find it is unknown until it is deleted again
   */
  public synchronized boolean delete(String name, boolean expectsOne) throws IOException {
    requireOpen();
    OpenIndex open = present.get(name);
    if (open != null) {
      // First of all, nobody may be told any more that something was written to it.
      doubtful.put(name, open);
      present.remove(name);
    }
    boolean deletes = doubtful.containsKey(name);
    if (!deletes && expectsOne) {
      throw new IndexNotFoundException(name);
    }
    OpenIndex left = settled(name);
    if (left != null) {
      throw new IllegalStateException(name + " was removed before");
    }
    return deletes;
  }

  /** The index of a name, once it is certain whether there is one. */
  private @Nullable OpenIndex settled(String name) throws IOException {
    requireOpen();
    OpenIndex open = doubtful.get(name);
    if (open != null) {
      CatalogState state = new CatalogState(open.generation(), false);
      state.write(folders.disk(), folders.name(name));
      states.put(name, state);
      doubtful.remove(name);
      open.markDeleted();
      open.release();
    }
    return present.get(name);
  }

  /**
   * Leases an index.
   *
   * @throws IndexNotFoundException if there is none of that name
   */
  public IndexLease lease(String name) throws IOException {
    OpenIndex open = present.get(name);
    if (open != null && open.tryRetain()) {
      return new IndexLease(open);
    }
    if (doubtful.containsKey(name)) {
      throw new IOException("the deletion of index " + name + " could not be written");
    }
    throw new IndexNotFoundException(name);
  }

  /** The names of all indexes, sorted. */
  public List<String> names() {
    return present.keySet().stream().sorted().toList();
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the catalog is closed");
    }
  }

  /** Closes all indexes, waiting until nobody holds them, and gives the directory free. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      doubtful.values().forEach(OpenIndex::release);
      present.values().forEach(OpenIndex::release);
      doubtful.clear();
      present.clear();
    }
    awaitFinished();
    closer.shutdown();
    if (lock != null) {
      lock.close();
    }
    synchronized (unfinished) {
      if (failure != null) {
        throw new IOException("closing an index failed: " + failure.getMessage(), failure);
      }
    }
  }

  private void awaitFinished() {
    boolean interrupted = false;
    synchronized (unfinished) {
      while (!unfinished.isEmpty()) {
        try {
          unfinished.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
