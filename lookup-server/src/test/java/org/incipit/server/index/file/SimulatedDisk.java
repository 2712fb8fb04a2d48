package org.incipit.server.index.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

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

  private record NameChange(String name, SimulatedFile file, String from, boolean removes) {}

  private static final class Folder {
    final Map<String, SimulatedFile> kept = new TreeMap<>();
    final Map<String, SimulatedFile> names = new TreeMap<>();
    final List<NameChange> changes = new ArrayList<>();

    void change(NameChange change) {
      apply(change, names);
      changes.add(change);
    }

    static void apply(NameChange change, Map<String, SimulatedFile> names) {
      if (change.removes) {
        names.remove(change.name);
        return;
      }
      names.remove(change.from);
      names.put(change.name, change.file);
    }
  }

  private final Map<Path, Folder> folders = new HashMap<>();
  private Watch watch = (operation, file) -> WHOLE;
  private final List<MemorySegment.Scope> mappings = new ArrayList<>();
  private int open;

  /** Asks this watch from now on. */
  public synchronized void watch(Watch asked) {
    watch = asked;
  }

  /** Files and mappings that are open now. */
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
    SimulatedDisk after = new SimulatedDisk();
    // Nothing, everything, and anything between.
    int[] odds = {0, 100, 1 + random.nextInt(99)};
    int names = odds[random.nextInt(3)];
    int bytes = odds[random.nextInt(3)];
    folders.forEach((path, folder) -> {
      Folder found = new Folder();
      found.kept.putAll(folder.kept);
      for (NameChange change : folder.changes) {
        if (random.nextInt(100) < names) {
          Folder.apply(change, found.kept);
        }
      }
      found.kept.replaceAll((name, file) -> file.crash(random, bytes));
      found.names.putAll(found.kept);
      after.folders.put(path, found);
    });
    return after;
  }

  /** The disk as it is, with all that may yet be lost. */
  public synchronized SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk();
    Map<SimulatedFile, SimulatedFile> copies = new HashMap<>();
    folders.forEach((path, folder) -> {
      Folder to = new Folder();
      folder.kept.forEach(
          (name, file) -> to.kept.put(name, copies.computeIfAbsent(file, SimulatedFile::copy)));
      folder.names.forEach(
          (name, file) -> to.names.put(name, copies.computeIfAbsent(file, SimulatedFile::copy)));
      for (NameChange change : folder.changes) {
        SimulatedFile file =
            change.removes ? change.file : copies.computeIfAbsent(change.file, SimulatedFile::copy);
        to.changes.add(new NameChange(change.name, file, change.from, change.removes));
      }
      copy.folders.put(path, to);
    });
    return copy;
  }

  /** What is in a file now. */
  public synchronized byte[] content(Path file) throws IOException {
    return find(file).content();
  }

  /** Puts a file there as if it had always been, with these bytes. */
  public synchronized void put(Path file, byte[] content) throws IOException {
    SimulatedFile made = new SimulatedFile(content);
    folder(file).kept.put(name(file), made);
    folder(file).names.put(name(file), made);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private Folder folder(Path file) throws IOException {
    Folder folder = folders.get(file.getParent());
    if (folder == null) {
      throw new NoSuchFileException(String.valueOf(file.getParent()));
    }
    return folder;
  }

  private SimulatedFile find(Path file) throws IOException {
    SimulatedFile found = folder(file).names.get(name(file));
    if (found == null) {
      throw new FileNotFoundException(file + " is not there");
    }
    return found;
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    watch.before(Operation.CREATE, file);
    if (folder(file).names.containsKey(name(file))) {
      throw new FileAlreadyExistsException(file.toString());
    }
    SimulatedFile created = new SimulatedFile(new byte[0]);
    folder(file).change(new NameChange(name(file), created, name(file), false));
    return new OpenFile(this, created, file);
  }

  @Override
  public synchronized DiskFile open(Path file) throws IOException {
    watch.before(Operation.OPEN, file);
    return new OpenFile(this, find(file), file);
  }

  @Override
  public DiskFile openToWrite(Path file) throws IOException {
    return open(file);
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    watch.before(Operation.RENAME, to);
    folder(to).change(new NameChange(name(to), find(from), name(from), false));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    watch.before(Operation.DELETE, file);
    SimulatedFile found = folder(file).names.get(name(file));
    if (found != null) {
      folder(file).change(new NameChange(name(file), found, name(file), true));
    }
  }

  @Override
  public synchronized void createDirectory(Path folder) throws IOException {
    watch.before(Operation.DIRECTORY, folder);
    folders.putIfAbsent(folder, new Folder());
  }

  @Override
  public synchronized void syncDirectory(Path path) throws IOException {
    watch.before(Operation.DIRECTORY, path);
    Folder folder = folder(path.resolve("any"));
    folder.kept.clear();
    folder.kept.putAll(folder.names);
    folder.changes.clear();
  }

  @Override
  public synchronized List<String> list(Path folder) {
    Folder found = folders.get(folder);
    return found == null ? List.of() : List.copyOf(found.names.keySet());
  }
}
