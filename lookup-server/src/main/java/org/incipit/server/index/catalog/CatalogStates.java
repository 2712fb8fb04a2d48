package org.incipit.server.index.catalog;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is true of each name that was ever used, and of which names the file may say otherwise,
 * because writing it failed: then it is unknown what a restart would find. For one thread at a
 * time.
 */
final class CatalogStates {
  private final CatalogFolders folders;
  private final Map<String, CatalogState> states = new HashMap<>();
  private final Set<String> unwritten = new HashSet<>();

  CatalogStates(CatalogFolders folders) {
    this.folders = folders;
  }

  /** The state of a name, null if it has none. */
  @Nullable CatalogState find(String name) {
    return states.get(name);
  }

  /** This was read. */
  void found(String name, CatalogState state) {
    states.put(name, state);
  }

  /** The generation that a new index gets; see {@link IndexCatalog#create}. */
  long next(String name, OptionalLong wanted) throws IndexExistsException {
    long last = states.getOrDefault(name, CatalogState.UNUSED).generation();
    long next = wanted.orElse(last + 1);
    if (Long.compareUnsigned(next, last) <= 0) {
      throw new IndexExistsException(name, last, IndexExistsException.Conflict.OLDER);
    }
    return next;
  }

  /** Sees to it that a name has a state: a folder with indexes and without one is damage. */
  void begin(String name) throws IOException {
    folders.disk().createDirectory(folders.name(name));
    if (!states.containsKey(name)) {
      write(name, CatalogState.UNUSED);
    }
  }

  /** Becomes true with being written; if that fails, what was true before is. */
  void write(String name, CatalogState state) throws IOException {
    if (states.containsKey(name)) {
      unwritten.add(name);
    }
    state.write(folders.disk(), folders.name(name));
    decide(name, state);
    unwritten.remove(name);
  }

  /** Is true from now on, and will be written by {@link #settle}. */
  void decide(String name, CatalogState state) {
    states.put(name, state);
    unwritten.add(name);
  }

  /** Writes what is true of a name, if the file may say otherwise. */
  void settle(String name) throws IOException {
    CatalogState state = states.get(name);
    if (state != null && unwritten.contains(name)) {
      state.write(folders.disk(), folders.name(name));
      unwritten.remove(name);
    }
  }
}
