package org.incipit.server.index.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The names in a folder of a {@link SimulatedDisk}: those that last, and what was done since. */
final class SimulatedFolder implements SimulatedEntry {
  /** An entry gets a name in place of another; or, without an entry, the name goes. */
  private record Change(String name, @Nullable SimulatedEntry entry, String from) {
    void apply(Map<String, SimulatedEntry> to) {
      to.remove(from);
      if (entry != null) {
        to.put(name, entry);
      }
    }
  }

  private final Map<String, SimulatedEntry> kept = new TreeMap<>();
  private final Map<String, SimulatedEntry> now = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();

  List<String> names() {
    return List.copyOf(now.keySet());
  }

  @Nullable SimulatedEntry find(String name) {
    return now.get(name);
  }

  /** A folder in this one, made if it is not there; its name lasts. */
  SimulatedFolder folder(String name) {
    SimulatedFolder folder = now.get(name) instanceof SimulatedFolder found ? found : null;
    SimulatedFolder made = folder == null ? new SimulatedFolder() : folder;
    changes.removeIf(change -> change.name.equals(name));
    put(name, made);
    return made;
  }

  /** As if it had always been there. */
  void put(String name, SimulatedEntry entry) {
    kept.put(name, entry);
    now.put(name, entry);
  }

  /** Gives an entry of this folder, or a new one, a name. */
  void link(String name, SimulatedEntry entry, String from) {
    change(new Change(name, entry, from));
  }

  void unlink(String name) {
    change(new Change(name, null, name));
  }

  private void change(Change change) {
    change.apply(now);
    changes.add(change);
  }

  void sync() {
    kept.clear();
    kept.putAll(now);
    changes.clear();
  }

  @Override
  public SimulatedFolder copy(Map<SimulatedEntry, SimulatedEntry> copies) {
    if (copies.get(this) instanceof SimulatedFolder made) {
      return made;
    }
    SimulatedFolder copy = new SimulatedFolder();
    copies.put(this, copy);
    kept.forEach((name, entry) -> copy.kept.put(name, entry.copy(copies)));
    now.forEach((name, entry) -> copy.now.put(name, entry.copy(copies)));
    for (Change change : changes) {
      SimulatedEntry entry = change.entry == null ? null : change.entry.copy(copies);
      copy.changes.add(new Change(change.name, entry, change.from));
    }
    return copy;
  }

  @Override
  public SimulatedFolder crash(RandomGenerator random, int names, int bytes) {
    Map<String, SimulatedEntry> found = new TreeMap<>(kept);
    for (Change change : changes) {
      if (random.nextInt(100) < names) {
        change.apply(found);
      }
    }
    SimulatedFolder after = new SimulatedFolder();
    found.forEach((name, entry) -> after.put(name, entry.crash(random, names, bytes)));
    return after;
  }
}
