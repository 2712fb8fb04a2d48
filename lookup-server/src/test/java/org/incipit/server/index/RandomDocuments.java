package org.incipit.server.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;

/**
 * Batches and queries that meet: few hashes, some of them in very many documents, ids near 1, near
 * 2^31 and near 2^32, documents with none and with many hashes, replaced and deleted ones.
 */
final class RandomDocuments {
  private static final int[] REGIONS = {1, Integer.MAX_VALUE - 150, -400};

  private final RandomGenerator random;
  private final int hashShift;
  private final int universe;

  RandomDocuments(RandomGenerator random) {
    this.random = random;
    hashShift = random.nextInt(3) * 4;
    universe = 50 << random.nextInt(6);
  }

  int id() {
    return REGIONS[random.nextInt(REGIONS.length)] + random.nextInt(300);
  }

  private int hash() {
    int value =
        random.nextInt(4) == 0
            ? random.nextInt(4)
            : random.nextInt(universe) * (0x7FFF_FFFF / universe);
    return (random.nextBoolean() ? value : ~value) << hashShift;
  }

  int[] hashes() {
    int count =
        switch (random.nextInt(20)) {
          case 0 -> 0;
          case 1 -> 1;
          case 2 -> 500;
          default -> random.nextInt(40);
        };
    int[] hashes = new int[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = hash();
    }
    return hashes;
  }

  Batch batch() {
    List<Change> changes = new ArrayList<>();
    for (int i = random.nextInt(30); i > 0; i--) {
      changes.add(
          random.nextInt(5) == 0 ? new Change.Delete(id()) : new Change.Insert(id(), hashes()));
    }
    Map<String, String> metadata =
        random.nextInt(10) == 0
            ? Map.of("k" + random.nextInt(3), "v" + random.nextInt())
            : Map.of();
    return new Batch(changes, metadata);
  }
}
