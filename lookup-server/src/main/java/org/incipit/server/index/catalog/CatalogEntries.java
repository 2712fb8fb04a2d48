package org.incipit.server.index.catalog;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.incipit.server.index.catalog.CatalogEntry.Damaged;
import org.incipit.server.index.catalog.CatalogEntry.Deleting;
import org.incipit.server.index.catalog.CatalogEntry.Restoring;
import org.incipit.server.index.catalog.CatalogEntry.Unavailable;
import org.incipit.server.index.file.CorruptIndexException;
import org.jspecify.annotations.Nullable;

/** What a catalog has, by name. Any thread may read it; one at a time changes it. */
final class CatalogEntries {
  private final Map<String, CatalogEntry> entries = new ConcurrentHashMap<>();

  @Nullable CatalogEntry get(String name) {
    return entries.get(name);
  }

  void put(String name, CatalogEntry entry) {
    entries.put(name, entry);
  }

  void remove(String name) {
    entries.remove(name);
  }

  /** The index of a name, null if there is none. Fails if there is one that cannot be leased. */
  @Nullable OpenIndex find(String name) throws IOException {
    return switch (entries.get(name)) {
      case null -> null;
      case OpenIndex open -> sound(name, open);
      case Unavailable entry -> throw refusal(name, entry);
    };
  }

  private static OpenIndex sound(String name, OpenIndex open) throws IndexDamagedException {
    Optional<CorruptIndexException> damage = open.damage();
    if (damage.isPresent()) {
      throw new IndexDamagedException(name, damage.get());
    }
    return open;
  }

  static IOException refusal(String name, Unavailable entry) {
    return switch (entry) {
      case Restoring restoring -> new IndexNotReadyException(name);
      case Damaged damaged -> new IndexDamagedException(name, damaged.damage());
      case Deleting deleting ->
          new IOException("the deletion of index " + name + " could not be written");
    };
  }

  /** See {@link IndexCatalog#lease}. */
  IndexLease lease(String name) throws IOException {
    OpenIndex open = find(name);
    if (open == null || !open.tryRetain()) {
      throw new IndexNotFoundException(name);
    }
    return new IndexLease(open);
  }

  /** The names of those that can be leased, sorted. */
  List<String> names() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof OpenIndex open && open.damage().isEmpty())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** What is wrong with those that are damaged. */
  Map<String, CorruptIndexException> damaged() {
    Map<String, CorruptIndexException> found = new TreeMap<>();
    entries.forEach((name, entry) -> {
      switch (entry) {
        case Damaged damaged -> found.put(name, damaged.damage());
        case OpenIndex open -> open.damage().ifPresent(damage -> found.put(name, damage));
        case Unavailable other -> {}
      }
    });
    return found;
  }

  /** Lets go of all indexes. */
  void clear() {
    for (CatalogEntry entry : entries.values()) {
      switch (entry) {
        case OpenIndex open -> open.release();
        case Deleting(OpenIndex open) when open != null -> open.release();
        case Unavailable other -> {}
      }
    }
    entries.clear();
  }
}
