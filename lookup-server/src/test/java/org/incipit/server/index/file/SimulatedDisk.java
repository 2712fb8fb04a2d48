package org.incipit.server.index.file;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that keeps only what {@link Disk} promises. {@link #crash} is the power failing:
 * of all sectors and names that were not forced any may have come to last, and any not. {@link
 * #copy} is the program being killed: the operating system still has everything.
 */
public final class SimulatedDisk implements Disk {
  /** What can be counted and can fail. */
  public enum Operation {
    CREATE,
    OPEN,
    READ,
    WRITE,
    SYNC,
    MAP,
    RENAME,
    DELETE,
    DIRECTORY
  }

  /** Asked before each operation. */
  @FunctionalInterface
  public interface Watch {
    /**
     * Lets the operation happen, or not.
     *
     * @return of what is to be written, how much in per cent comes to be; then the write fails
     * @throws IOException to let it fail
     */
    int before(Operation operation, Path file) throws IOException;
  }

  /** What {@link Watch#before} returns for all of it. */
  public static final int WHOLE = 100;

  private final SimulatedFolder root;
  private final Set<Path> locked = new HashSet<>();
  private Watch watch = (operation, file) -> WHOLE;
  private final List<MemorySegment.Scope> mappings = new ArrayList<>();
  private int open;

  /** An empty one. */
  public SimulatedDisk() {
    this(new SimulatedFolder());
  }

  private SimulatedDisk(SimulatedFolder root) {
    this.root = root;
  }

  /** Asks this watch from now on. */
  public synchronized void watch(Watch asked) {
    watch = asked;
  }

  /** Files, mappings and locks that are open now. */
  public synchronized int open() {
    mappings.removeIf(scope -> !scope.isAlive());
    return open + mappings.size();
  }

  synchronized void mapped(MemorySegment.Scope scope) {
    mappings.add(scope);
  }

  synchronized void opened(int more) {
    open += more;
  }

  synchronized int before(Operation operation, Path file) throws IOException {
    return watch.before(operation, file);
  }

  /** The disk as it might be found after the power has failed now. */
  public synchronized SimulatedDisk crash(RandomGenerator random) {
    // Nothing, everything, and anything between.
    int[] odds = {0, 100, 1 + random.nextInt(99)};
    int names = odds[random.nextInt(3)];
    int bytes = odds[random.nextInt(3)];
    return new SimulatedDisk(root.crash(random, names, bytes));
  }

  /** The disk as it is, with all that may yet be lost. */
  public synchronized SimulatedDisk copy() {
    return new SimulatedDisk(root.copy(new IdentityHashMap<>()));
  }

  /** What is in a file now. */
  public synchronized byte[] content(Path file) throws IOException {
    return file(file).content();
  }

  /** Puts a file there as if it had always been, with these bytes. */
  public synchronized void put(Path file, byte[] content) throws IOException {
    parent(file).put(name(file), new SimulatedFile(content));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private @Nullable SimulatedFolder folder(Path path) {
    SimulatedFolder folder = root;
    for (Path name : path) {
      if (!(folder.find(name.toString()) instanceof SimulatedFolder next)) {
        return null;
      }
      folder = next;
    }
    return folder;
  }

  private SimulatedFolder parent(Path file) throws IOException {
    SimulatedFolder folder = folder(file.getParent());
    if (folder == null) {
      throw new NoSuchFileException(String.valueOf(file.getParent()));
    }
    return folder;
  }

  private SimulatedFile file(Path file) throws IOException {
    if (!(parent(file).find(name(file)) instanceof SimulatedFile found)) {
      throw new FileNotFoundException(file + " is not there");
    }
    return found;
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    watch.before(Operation.CREATE, file);
    if (parent(file).find(name(file)) != null) {
      throw new FileAlreadyExistsException(file.toString());
    }
    SimulatedFile created = new SimulatedFile(new byte[0]);
    parent(file).link(name(file), created, name(file));
    return new OpenFile(this, created, file);
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    watch.before(Operation.OPEN, file);
    return new OpenFile(this, file(file), file);
  }

  @Override
  public DiskFile openToWrite(Path file) throws IOException {
    return open(file);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    watch.before(Operation.RENAME, to);
    SimulatedEntry entry = parent(from).find(name(from));
    if (entry == null) {
      throw new NoSuchFileException(from.toString());
    }
    requireEmpty(to);
    parent(to).link(name(to), entry, name(from));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    watch.before(Operation.DELETE, file);
    SimulatedFolder parent = folder(file.getParent());
    if (parent != null && parent.find(name(file)) != null) {
      requireEmpty(file);
      parent.unlink(name(file));
    }
  }

  private void requireEmpty(Path path) throws IOException {
    if (!list(path).isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
  }

  @Override
  public synchronized void createDirectory(Path path) throws IOException {
    watch.before(Operation.DIRECTORY, path);
    SimulatedFolder folder = root;
    for (Path name : path) {
      folder = folder.folder(name.toString());
    }
  }

  @Override
  public synchronized void syncDirectory(Path path) throws IOException {
    watch.before(Operation.DIRECTORY, path);
    parent(path.resolve("any")).sync();
  }

  @Override
  public synchronized Closeable lock(Path folder) throws IOException {
    if (!locked.add(folder)) {
      throw new DirectoryInUseException(folder, "");
    }
    open++;
    return () -> unlock(folder);
  }

  private synchronized void unlock(Path folder) {
    if (locked.remove(folder)) {
      open--;
    }
  }

  @Override
  public synchronized List<String> list(Path path) {
    SimulatedFolder folder = folder(path);
    return folder == null ? List.of() : folder.names();
  }
}
