package org.incipit.server.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.ScoreSlope;
import org.incipit.server.catalog.StoredFingerprint;
import org.junit.jupiter.api.Test;

class ContendersTest {
  private static final long SEED = Long.getLong("tests.seed", 20);

  private final Ranking ranking = new Ranking(ScoreSlope.COMPARE2);
  private final Random random = new Random(SEED);

  @Test
  void theChunksInWhichTheyComeDoNotMatter() {
    int found = 0;
    for (int round = 0; round < 100; round++) {
      Fingerprint tune = Tunes.tune(round, 100 + random.nextInt(400));
      Map<Long, StoredFingerprint> all = versions(tune);
      LookupQuery query = new LookupQuery(tune, 60, 7);
      List<Long> ids = all.keySet().stream().filter(id -> random.nextInt(5) > 0).toList();
      List<LookupMatch> atOnce = ranking.rank(query, ids.stream().map(all::get).toList(), 0.4);
      Contenders contenders = new Contenders(ranking, query, ids, 0.4);
      chunks(all).forEach(contenders::compare);
      assertEquals(atOnce, contenders.bestFirst(), "seed " + SEED + " round " + round);
      found += atOnce.size();
    }
    assertTrue(found > 500, "matches: " + found);
  }

  /** Versions of a tune, better and worse ones, of other durations, and some that are the same. */
  private Map<Long, StoredFingerprint> versions(Fingerprint tune) {
    Map<Long, StoredFingerprint> all = new HashMap<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      long id = 1 + random.nextInt(1000);
      Fingerprint version = Tunes.worse(tune, 5 * random.nextInt(8), random.nextInt(3));
      long track = 1 + random.nextInt(9);
      int duration = 50 + random.nextInt(20);
      all.put(id, new StoredFingerprint(id, track, new UUID(0, track), duration, version));
    }
    return all;
  }

  private List<Map<Long, StoredFingerprint>> chunks(Map<Long, StoredFingerprint> all) {
    List<Map<Long, StoredFingerprint>> chunks = new ArrayList<>();
    all.forEach((id, fingerprint) -> {
      if (chunks.isEmpty() || random.nextInt(4) == 0) {
        chunks.add(new HashMap<>());
      }
      chunks.getLast().put(id, fingerprint);
    });
    return chunks;
  }

  @Test
  void withoutAnyNothingMatches() {
    LookupQuery query = new LookupQuery(Tunes.tune(1, 200), 60, 7);
    Contenders contenders = new Contenders(ranking, query, List.of(), 0.4);
    contenders.compare(versions(query.fingerprint()));
    assertEquals(List.of(), contenders.bestFirst());
    assertEquals(0, ranking.compared());
  }
}
