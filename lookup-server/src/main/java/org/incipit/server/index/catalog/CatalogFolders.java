package org.incipit.server.index.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.snapshot.SnapshotReader;
import org.jspecify.annotations.Nullable;

/** Where a catalog keeps its indexes: {@code DIR/index/<name>/<generation>/}. */
record CatalogFolders(Disk disk, Path directory) {
  static final String INDEXES = "index";

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
      if (IndexCatalog.isName(name)) {
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

  /** Removes every generation but the present one, and what is left of a restore. */
  void sweep(String name, CatalogState state) throws IOException {
    String present = state.exists() ? Long.toUnsignedString(state.generation()) : "";
    for (String file : disk.list(name(name))) {
      boolean old = file.matches("[0-9]{1,20}") && !file.equals(present);
      if (old || file.startsWith(SnapshotReader.UNFINISHED)) {
        disk.deleteFolder(name(name).resolve(file));
      }
    }
  }
}
