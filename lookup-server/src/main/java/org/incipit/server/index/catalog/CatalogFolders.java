package org.incipit.server.index.catalog;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.snapshot.SnapshotReader;
import org.incipit.server.index.store.Manifest;
import org.jspecify.annotations.Nullable;

/** Where a catalog keeps its indexes: {@code DIR/index/<name>/<generation>/}. */
record CatalogFolders(Disk disk, Path directory) {
  private static final Logger LOG = System.getLogger(CatalogFolders.class.getName());

  static final String INDEXES = "index";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  /** See {@link IndexCatalog#isName}. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static void requireName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "the name of an index must be 1..255 of A-Z a-z 0-9 _ - (got \"" + name + "\")");
    }
  }

  private Path all() {
    return directory.resolve(INDEXES);
  }

  Path name(String name) {
    return all().resolve(name);
  }

  Path generation(String name, long generation) {
    return name(name).resolve(Long.toUnsignedString(generation));
  }

  /** The names that are or were in use. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : disk.list(all())) {
      if (isName(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * The state of a name, null if it was never used.
   *
   * @throws CorruptIndexException also if there is none although there are indexes
   */
  @Nullable CatalogState state(String name) throws IOException {
    CatalogState state = CatalogState.read(disk, name(name));
    if (state == null && !generations(name).isEmpty()) {
      throw new CorruptIndexException(name(name).resolve(CatalogState.NAME), 0, "is missing");
    }
    return state;
  }

  private List<String> generations(String name) throws IOException {
    return disk.list(name(name)).stream().filter(file -> file.matches("[0-9]{1,20}")).toList();
  }

  /**
   * The folder of the index that a state says exists.
   *
   * @throws CorruptIndexException if there is none in it
   */
  Path index(String name, CatalogState state) throws IOException {
    Path folder = generation(name, state.generation());
    if (!disk.list(folder).contains(Manifest.NAME)) {
      throw new CorruptIndexException(folder.resolve(Manifest.NAME), 0, "is missing");
    }
    return folder;
  }

  /** The last generation of which there is a folder, 0 if there is none; unsigned. */
  long lastGeneration(String name) throws IOException {
    long last = 0;
    for (String file : generations(name)) {
      try {
        long generation = Long.parseUnsignedLong(file);
        last = Long.compareUnsigned(generation, last) > 0 ? generation : last;
      } catch (NumberFormatException e) {
        throw new CorruptIndexException(name(name).resolve(file), 0, "not a generation");
      }
    }
    return last;
  }

  /** Removes every generation but the present one, and what is left of a restore. */
  void sweep(String name, CatalogState state) throws IOException {
    // A state that a killed program has left need not last yet: then nothing may go before.
    disk.syncDirectory(name(name));
    String present = state.exists() ? Long.toUnsignedString(state.generation()) : "";
    for (String file : disk.list(name(name))) {
      boolean old = file.matches("[0-9]{1,20}") && !file.equals(present);
      if (old || file.startsWith(SnapshotReader.UNFINISHED)) {
        disk.deleteFolder(name(name).resolve(file));
      } else if (file.equals(CatalogState.NEW)) {
        disk.delete(name(name).resolve(file));
      }
    }
  }

  /** Removes all generations of a name that was deleted and is not open. */
  void discard(String name) {
    try {
      sweep(name, CatalogState.UNUSED);
    } catch (IOException e) {
      // What is left is removed when the catalog is opened again.
      LOG.log(Level.WARNING, "removing index " + name + ": " + e.getMessage());
    }
  }
}
