package org.incipit.server.index.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.file.SimulatedDisk.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every single disk operation of a catalog's life fails, or several in a row, and after each step
 * and each failure the power fails: what was created is there, what was deleted is not, nothing is
 * damaged, and what was refused works when it is tried again.
 */
class CatalogFaultTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final Path DIRECTORY = Path.of("/data");
  private static final OptionalLong ANY = OptionalLong.empty();

  /** Something that is done, and afterwards the generation of a name, 0 if it is deleted. */
  private record Step(String name, long generation, Action action) {}

  @FunctionalInterface
  private interface Action {
    long run(IndexCatalog catalog, String name) throws IOException;
  }

  private static final Action CREATE = (catalog, name) -> catalog.create(name, false, ANY);

  private static final Action DELETE =
      (catalog, name) -> {
        assertTrue(catalog.delete(name, true));
        return 0;
      };

  private static Action restore(byte[] stream) {
    return (catalog, name) ->
        catalog.restore(name, ANY, Channels.newChannel(new ByteArrayInputStream(stream)));
  }

  private static IndexCatalog open(SimulatedDisk disk) throws IOException {
    return IndexCatalog.open(disk, DIRECTORY, IndexConfig.DEFAULT);
  }

  private static void insert(IndexCatalog catalog, String name, long generation)
      throws IOException {
    try (IndexLease lease = catalog.lease(name)) {
      lease.index().update(Batch.of(new Change.Insert((int) generation, 1, 2, 3)));
    }
  }

  private static byte[] stream() throws IOException {
    try (IndexCatalog catalog = open(new SimulatedDisk())) {
      catalog.create("from", true, ANY);
      insert(catalog, "from", 77);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      try (IndexLease lease = catalog.lease("from")) {
        lease.index().snapshot(Channels.newChannel(stream));
      }
      return stream.toByteArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whicheverOperationsFailNothingAcknowledgedIsLostOrComesBack(int length) throws IOException {
    byte[] stream = stream();
    int n = 0;
    for (boolean more = true; more; n += length) {
      try {
        more = new Life(n, length, stream).run();
      } catch (AssertionError | IOException | RuntimeException e) {
        throw new AssertionError("-Dtests.seed=" + SEED + ", from operation " + n, e);
      }
    }
    assertTrue(n > 100, "only " + n + " operations");
    System.getLogger("tests").log(System.Logger.Level.INFO, n + " operations");
  }

  @Test
  void anIndexWhoseCreationFailedStaysAwayOnceItIsDeleted() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int n = 0; ; n++) {
      SimulatedDisk disk = new SimulatedDisk();
      try (IndexCatalog catalog = open(disk)) {
        int[] left = {n};
        disk.watch((operation, file) -> {
          if (left[0]-- == 0) {
            throw new IOException(operation + " of " + file + " fails");
          }
          return SimulatedDisk.WHOLE;
        });
        boolean failed = false;
        try {
          catalog.create("a", true, ANY);
        } catch (IOException e) {
          failed = true;
        }
        disk.watch((operation, file) -> SimulatedDisk.WHOLE);
        assertEquals(!failed, catalog.delete("a", false), "operation " + n);
        for (int i = 0; i < 20; i++) {
          try (IndexCatalog after = open(disk.crash(random))) {
            assertEquals(List.of(), after.names(), "operation " + n);
            assertEquals(Map.of(), after.damaged(), "operation " + n);
          }
        }
        if (!failed) {
          assertTrue(n > 20, "only " + n + " operations");
          return;
        }
      }
    }
  }

  private static final class Life {
    private final SimulatedDisk disk = new SimulatedDisk();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, Long> acknowledged = new HashMap<>();
    private final int from;
    private final int length;
    private final List<Step> steps;
    private int operations;
    private int failed;
    private int refusals;
    private volatile boolean armed = true;

    Life(int from, int length, byte[] stream) {
      this.from = from;
      this.length = length;
      steps =
          List.of(
              new Step("a", 1, CREATE),
              new Step("b", 1, restore(stream)),
              new Step("a", 0, DELETE),
              new Step("a", 2, CREATE),
              new Step("b", 0, DELETE),
              new Step("b", 2, restore(stream)),
              new Step("a", 0, DELETE),
              new Step("b", 0, DELETE),
              new Step("b", 3, CREATE),
              new Step("a", 3, CREATE));
      disk.watch(this::before);
    }

    private synchronized int before(Operation operation, Path file) throws IOException {
      if (armed && operations++ >= from && failed < length) {
        failed++;
        throw new IOException(operation + " of " + file + " fails");
      }
      return SimulatedDisk.WHOLE;
    }

    /** False if there were no operations left to fail. */
    boolean run() throws IOException {
      IndexCatalog catalog = reopen(null);
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        attempt(catalog, step);
        acknowledged.put(step.name, step.generation);
        if (step.action == CREATE) {
          armed = false;
          insert(catalog, step.name, step.generation);
          armed = true;
        }
        check(catalog, Set.of(), 0);
        if (from == 0 || refusals > 0) {
          // Before the first failure this is what the run before has seen.
          afterPowerFailure(Set.of(), 0);
        }
        if (i == 3 || i == 6) {
          catalog = reopen(catalog);
        }
      }
      catalog = reopen(catalog);
      check(catalog, Set.of(), 0);
      armed = false;
      catalog.close();
      assertEquals(0, disk.open(), "open files");
      for (String name : List.of("a", "b")) {
        assertEquals(List.of("3", "state"), disk.list(DIRECTORY.resolve("index").resolve(name)));
      }
      return from < operations;
    }

    private void attempt(IndexCatalog catalog, Step step) throws IOException {
      while (true) {
        try {
          assertEquals(step.generation, step.action.run(catalog, step.name));
          return;
        } catch (IOException e) {
          refused(e);
          afterPowerFailure(Set.of(step.name), step.generation);
        }
      }
    }

    private IndexCatalog reopen(@Nullable IndexCatalog before) throws IOException {
      if (before != null) {
        try {
          before.close();
        } catch (IOException e) {
          refused(e);
        }
        assertEquals(0, disk.open(), "open files");
      }
      while (true) {
        try {
          IndexCatalog catalog = open(disk);
          check(catalog, Set.of(), 0);
          return catalog;
        } catch (IOException e) {
          assertEquals(0, disk.open(), "open files");
          refused(e);
          afterPowerFailure(Set.of(), 0);
        }
      }
    }

    private void refused(IOException e) throws IOException {
      refusals++;
      if (refusals > length) {
        throw e;
      }
    }

    /** What would be there if the power failed now, or the program were killed. */
    private void afterPowerFailure(Set<String> doubtful, long generation) throws IOException {
      SimulatedDisk after = random.nextInt(4) == 0 ? disk.copy() : disk.crash(random);
      try (IndexCatalog catalog = open(after)) {
        check(catalog, doubtful, generation);
      }
    }

    /**
     * A catalog must have what was acknowledged.
     *
     * @param doubtful names that may as well be at this generation
     */
    private void check(IndexCatalog catalog, Set<String> doubtful, long generation)
        throws IOException {
      assertEquals(Map.of(), catalog.damaged());
      for (String name : List.of("a", "b")) {
        long expected = acknowledged.getOrDefault(name, 0L);
        long found = 0;
        if (catalog.names().contains(name)) {
          try (IndexLease lease = catalog.lease(name)) {
            found = lease.generation();
            boolean restored = name.equals("b") && found < 3;
            int id = restored ? 77 : (int) found;
            assertEquals(
                expected == found || restored, lease.index().get(id).isPresent(), "document");
            assertEquals(
                lease.index().get(id).isPresent() ? 1 : 0, lease.index().info().documents());
          }
        }
        long at = found;
        assertTrue(
            found == expected || (doubtful.contains(name) && found == generation),
            () -> name + " is at generation " + at + ", not " + expected);
      }
    }
  }
}
