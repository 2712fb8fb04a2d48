package org.incipit.server.index.catalog;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.CatalogEntry.Damaged;
import org.incipit.server.index.catalog.CatalogEntry.Deleting;
import org.incipit.server.index.catalog.CatalogEntry.Restoring;
import org.incipit.server.index.file.CorruptIndexException;
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

  /** First segments of other paths of the same server, and the index that is its own. */
  private static final Set<String> RESERVED =
      Set.of("v2", "api", "lookup", "submit", "_health", "_metrics", "_catalog");

  private final Closeable lock;
  private final CatalogFolders folders;
  private final IndexConfig config;
  private final CatalogEntries entries = new CatalogEntries();
  private final IndexCloser closer;
  private final CatalogStates states;
  private final Restores restores = new Restores();
  private boolean closed;

  private IndexCatalog(Closeable lock, CatalogFolders folders, IndexConfig config) {
    this.lock = lock;
    this.folders = folders;
    this.config = config;
    states = new CatalogStates(folders);
    closer = new IndexCloser(folders.disk());
  }

  /** Whether an index may be called so: {@code [A-Za-z0-9_-]{1,255}}. */
  public static boolean isName(String name) {
    return CatalogFolders.isName(name);
  }

  /** Whether nobody is to call an index so: a server has other things under such paths. */
  public static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  /**
   * Opens all indexes in a directory, which is created if it is not there. Those that are damaged
   * are left as they are and told by {@link #damaged}.
   *
   * @throws org.incipit.server.index.file.DirectoryInUseException if another process has it
   */
  public static IndexCatalog open(Path directory, IndexConfig config) throws IOException {
    return open(directory, config, 1);
  }

  /**
   * The same.
   *
   * @param atOnce indexes that are opened at a time
   */
  public static IndexCatalog open(Path directory, IndexConfig config, int atOnce)
      throws IOException {
    return open(FileDisk.INSTANCE, directory, config, atOnce);
  }

  /** The same on a disk that is not the machine's. */
  public static IndexCatalog open(Disk disk, Path directory, IndexConfig config)
      throws IOException {
    return open(disk, directory, config, 1);
  }

  static IndexCatalog open(Disk disk, Path directory, IndexConfig config, int atOnce)
      throws IOException {
    disk.createDirectory(directory);
    IndexCatalog catalog =
        new IndexCatalog(disk.lock(directory), new CatalogFolders(disk, directory), config);
    boolean opened = false;
    try {
      catalog.openAll(atOnce);
      opened = true;
      return catalog;
    } finally {
      if (!opened) {
        catalog.close();
      }
    }
  }

  private synchronized void openAll(int atOnce) throws IOException {
    List<Openings.Opening> openings = new ArrayList<>();
    for (String name : folders.names()) {
      try {
        CatalogState state = folders.state(name);
        if (state != null) {
          states.found(name, state);
          openings.add(() -> open(name, state));
        }
      } catch (CorruptIndexException e) {
        foundDamaged(name, e);
      }
    }
    new Openings(atOnce).run(openings);
  }

  private void open(String name, CatalogState state) throws IOException {
    try {
      folders.sweep(name, state);
      if (state.exists()) {
        Path folder = folders.index(name, state);
        Index index = Index.open(folders.disk(), folder, config);
        entries.put(name, closer.add(index, state.generation(), folder));
      }
    } catch (CorruptIndexException e) {
      foundDamaged(name, e);
    }
  }

  private void foundDamaged(String name, CorruptIndexException damage) {
    LOG.log(Level.WARNING, "index " + name + " is damaged: " + damage.getMessage());
    entries.put(name, new Damaged(damage));
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
   * @throws IndexDamagedException if it is there and damaged
   * @throws IndexNotReadyException if it is being restored
   */
  public synchronized long create(String name, boolean expectsNone, OptionalLong generation)
      throws IOException {
    OpenIndex open = find(name);
    if (open != null) {
      open.requireSame(name, expectsNone, generation);
      return open.generation();
    }
    long next = prepare(name, generation);
    add(name, next, Index.open(folders.disk(), folders.generation(name, next), config));
    return next;
  }

  /**
   * Creates an index of a stream that {@link Index#snapshot} wrote. Until all of it has come the
   * name is taken, and the index cannot be leased; others are not affected.
   *
   * @param from fails at the next read if the catalog is closed meanwhile, which waits for that
   * @return its generation
   * @throws IndexExistsException if there is an index of that name, or the generation is not above
   *     the last one
   * @throws IndexDamagedException if there is a damaged one
   * @throws IndexNotReadyException if one is being restored
   */
  public long restore(String name, OptionalLong generation, ReadableByteChannel from)
      throws IOException {
    long next = beginRestore(name, generation);
    boolean restored = false;
    try {
      Path folder = folders.generation(name, next);
      Index index = Index.restore(folders.disk(), folder, restores.stream(from), config);
      synchronized (this) {
        add(name, next, index);
      }
      restored = true;
      return next;
    } finally {
      endRestore(name, restored);
    }
  }

  private synchronized long beginRestore(String name, OptionalLong generation) throws IOException {
    OpenIndex open = find(name);
    if (open != null) {
      throw new IndexExistsException(name, open.generation(), IndexExistsException.Conflict.EXISTS);
    }
    long next = prepare(name, generation);
    entries.put(name, new Restoring(next));
    restores.begin();
    return next;
  }

  private synchronized void endRestore(String name, boolean restored) {
    if (!restored) {
      entries.remove(name);
    }
    restores.end();
  }

  /** The index of a name, once it is certain whether there is one; null if there is none. */
  private @Nullable OpenIndex find(String name) throws IOException {
    CatalogFolders.requireName(name);
    settle(name);
    return entries.find(name);
  }

  /** Makes everything ready for a new generation of a name, and says which. */
  private long prepare(String name, OptionalLong generation) throws IOException {
    long next = states.next(name, generation);
    states.begin(name);
    // What a failed attempt has left. Folders of other generations may be in use.
    folders.disk().deleteFolder(folders.generation(name, next));
    return next;
  }

  private void add(String name, long generation, Index index) throws IOException {
    boolean added = false;
    try {
      requireOpen();
      states.write(name, new CatalogState(generation, true));
      added = true;
    } finally {
      if (!added) {
        index.close();
      }
    }
    entries.put(name, closer.add(index, generation, folders.generation(name, generation)));
  }

  /**
   * Deletes an index, also a damaged one. Who has leased it keeps it; the data goes after that. If
   * it was damaged so that its generation cannot be read, the last one found in its folder counts.
   *
   * @param expectsOne whether it is an error if there is none
   * @return whether there was one
   * @throws IndexNotReadyException if it is being restored
   * @throws IOException if that could not be written. The index cannot be leased any more; whether
   *     a restart would find it is unknown until it is deleted again
   */
  public synchronized boolean delete(String name, boolean expectsOne) throws IOException {
    requireOpen();
    switch (entries.get(name)) {
      case null -> {
        settle(name);
        if (expectsOne) {
          throw new IndexNotFoundException(name);
        }
        return false;
      }
      case Restoring restoring -> throw CatalogEntries.refusal(name, restoring);
      case OpenIndex open -> delete(name, open, open.generation());
      case Damaged damaged -> {
        CatalogState state = states.find(name);
        delete(name, null, state == null ? folders.lastGeneration(name) : state.generation());
      }
      case Deleting again -> settle(name);
    }
    return true;
  }

  private void delete(String name, @Nullable OpenIndex open, long generation) throws IOException {
    // First of all, nobody may be told any more that something was written to it.
    entries.put(name, new Deleting(open));
    states.decide(name, new CatalogState(generation, false));
    settle(name);
  }

  /** Sees to it that the file says of a name what is true; ends a deletion with that. */
  private void settle(String name) throws IOException {
    requireOpen();
    states.settle(name);
    if (entries.get(name) instanceof Deleting(OpenIndex open)) {
      entries.remove(name);
      if (open == null) {
        folders.discard(name);
      } else {
        open.markDeleted();
        open.release();
      }
    }
  }

  /**
   * Leases an index.
   *
   * @throws IndexNotFoundException if there is none of that name
   * @throws IndexDamagedException if it is damaged
   * @throws IndexNotReadyException if it is being restored
   */
  public IndexLease lease(String name) throws IOException {
    return entries.lease(name);
  }

  /** The names of all indexes that can be leased, sorted. */
  public List<String> names() {
    return entries.names();
  }

  /** What was found wrong with those that are damaged, at the opening or since, by their names. */
  public Map<String, CorruptIndexException> damaged() {
    return entries.damaged();
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
    }
    restores.close();
    synchronized (this) {
      entries.clear();
    }
    try (lock) {
      closer.close();
    }
  }
}
