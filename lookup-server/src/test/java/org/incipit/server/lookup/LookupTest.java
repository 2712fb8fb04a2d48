package org.incipit.server.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.FingerprintComparison;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.fingerprint.match.ScoreSlope;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Hits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupTest {
  private static final int MINUTE = 60;
  private static final int ITEMS = 480;

  @TempDir Path folder;

  private final Map<Long, StoredFingerprint> stored = new HashMap<>();
  private final List<Integer> fetches = new ArrayList<>();
  private final List<MadeUpChunks> handedOut = new ArrayList<>();
  private Index index;
  private Lookup lookup;

  @BeforeEach
  void open() throws IOException {
    index = Index.open(folder, IndexConfig.DEFAULT);
    lookup = lookup(LookupConfig.DEFAULT);
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  private Lookup lookup(LookupConfig config) {
    return new Lookup(index::search, this::fingerprints, config);
  }

  private synchronized FingerprintChunks fingerprints(
      Collection<Long> ids, int shortest, int longest, long chunkBytes) {
    fetches.add(ids.size());
    Map<Long, StoredFingerprint> found = new HashMap<>(stored);
    found.keySet().retainAll(ids);
    found.values().removeIf(it -> it.duration() < shortest || it.duration() > longest);
    MadeUpChunks chunks = new MadeUpChunks(found.values(), chunkBytes);
    handedOut.add(chunks);
    return chunks;
  }

  private void store(long id, long track, int duration, Fingerprint fingerprint)
      throws IOException {
    stored.put(id, new StoredFingerprint(id, track, new UUID(0, track), duration, fingerprint));
    int[] terms = QueryExtractor.extract(fingerprint);
    index.update(Batch.of(new Change.Insert((int) id, terms)));
  }

  private static LookupQuery query(Fingerprint fingerprint, int duration) {
    return new LookupQuery(fingerprint, duration, LookupQuery.DEFAULT_DURATION_DIFF);
  }

  private List<LookupMatch> find(Fingerprint fingerprint, int duration) throws IOException {
    return lookup.find(List.of(query(fingerprint, duration))).getFirst();
  }

  @Test
  void aFingerprintIsFoundAmongOthersAndOnlyItsTrack() throws IOException {
    for (int i = 1; i <= 50; i++) {
      store(i, 100 + i, MINUTE, Tunes.tune(i, ITEMS));
    }
    for (int i = 1; i <= 50; i++) {
      assertEquals(
          List.of(new LookupMatch(100 + i, new UUID(0, 100 + i), 1, i)),
          find(Tunes.tune(i, ITEMS), MINUTE));
    }
    assertEquals(List.of(), find(Tunes.tune(51, ITEMS), MINUTE));
    assertEquals(new LookupStats(51, 51, 50, 0, 50), lookup.stats());
  }

  @Test
  void theScoreIsThatOfCompare2AndFallsWithTheWrongBits() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    store(1, 1, MINUTE, tune);
    for (int percent = 5; percent <= 25; percent += 5) {
      Fingerprint worse = Tunes.worse(tune, percent, percent);
      LookupMatch match = find(worse, MINUTE).getFirst();
      assertEquals(FingerprintComparison.score(worse, tune), match.score());
      assertEquals(1 - 2 * percent / 100.0, match.score(), 0.03);
    }
    assertEquals(List.of(), find(Tunes.worse(tune, 33, 1), MINUTE));
  }

  @Test
  void withTheSlopeOfFpstoreWorseOnesAreFound() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    store(1, 1, MINUTE, tune);
    Lookup other = lookup(LookupConfig.DEFAULT.withSlope(ScoreSlope.FPSTORE));
    LookupQuery worse = query(Tunes.worse(tune, 33, 1), MINUTE);
    LookupMatch match = other.find(List.of(worse)).getFirst().getFirst();
    assertEquals(0.67, match.score(), 0.03);
  }

  @Test
  void beginningsMayBeTenSecondsApart() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    store(1, 1, MINUTE, tune);
    for (int shift : new int[] {1, 8, 40, 79, 80}) {
      assertEquals(1, find(Tunes.without(tune, shift), MINUTE).getFirst().score(), "-" + shift);
    }
    assertEquals(List.of(), find(Tunes.without(tune, 81), MINUTE));
  }

  @Test
  void durationsMayDifferBySoManySecondsBothWays() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    store(1, 1, MINUTE, tune);
    assertEquals(1, find(tune, MINUTE - 7).size());
    assertEquals(1, find(tune, MINUTE + 7).size());
    assertEquals(List.of(), find(tune, MINUTE - 8));
    assertEquals(List.of(), find(tune, MINUTE + 8));
    assertEquals(List.of(), find(tune, Integer.MAX_VALUE));
    assertEquals(1, lookup.find(List.of(new LookupQuery(tune, 90, 30))).getFirst().size());
    assertEquals(0, lookup.find(List.of(new LookupQuery(tune, 91, 30))).getFirst().size());
    assertEquals(3, lookup.stats().compared());
  }

  @Test
  void aTrackIsNamedOnceWithTheBestOfItsFingerprints() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    store(1, 7, MINUTE, Tunes.worse(tune, 20, 1));
    store(2, 7, MINUTE, Tunes.worse(tune, 5, 2));
    store(3, 8, MINUTE, Tunes.worse(tune, 10, 3));
    List<LookupMatch> matches = find(tune, MINUTE);
    assertEquals(List.of(7L, 8L), matches.stream().map(LookupMatch::track).toList());
    assertEquals(List.of(2L, 3L), matches.stream().map(LookupMatch::fingerprint).toList());
  }

  @Test
  void ofEqualScoresTheLowerFingerprintIsFirst() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    for (long id : new long[] {5, 3, 4}) {
      store(id, 10 - id, MINUTE, tune);
    }
    assertEquals(
        List.of(3L, 4L, 5L), find(tune, MINUTE).stream().map(LookupMatch::fingerprint).toList());
  }

  @Test
  void tenFingerprintsCountAndThenTheirTracks() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    for (int id = 1; id <= 20; id++) {
      store(id, id <= 5 ? 1 : id, MINUTE, tune);
    }
    assertEquals(
        List.of(1L, 6L, 7L, 8L, 9L, 10L),
        find(tune, MINUTE).stream().map(LookupMatch::track).toList());
  }

  @Test
  void fortyCandidatesAreCompared() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    for (int id = 1; id <= 45; id++) {
      store(id, id, MINUTE, tune);
    }
    assertEquals(10, find(tune, MINUTE).size());
    assertEquals(40, lookup.stats().compared());
  }

  /** As many terms as items, of which those from a place on are always the same. */
  private static Fingerprint noise(int from) {
    int[] items = new Random(1).ints(ITEMS).toArray();
    System.arraycopy(new Random(2).ints(from).toArray(), 0, items, 0, from);
    return Tunes.of(items);
  }

  @Test
  void aCandidateHasOneInTwentyOfTheTerms() throws IOException {
    Fingerprint tune = noise(0);
    store(1, 1, MINUTE, noise(80 + 120 - 6));
    assertEquals(1, find(tune, MINUTE).size(), "6 of 120 terms");
    store(1, 1, MINUTE, noise(80 + 120 - 5));
    assertEquals(List.of(), find(tune, MINUTE), "5 of 120 terms");
  }

  @Test
  void aCandidateHasATenthOfTheTermsOfTheBest() throws IOException {
    Fingerprint tune = noise(0);
    store(1, 1, MINUTE, noise(80 + 120 - 11));
    assertEquals(1, find(tune, MINUTE).size());
    store(2, 2, MINUTE, tune);
    assertEquals(List.of(2L), find(tune, MINUTE).stream().map(LookupMatch::track).toList());
  }

  @Test
  void aBatchAsksTheCatalogueOnceAndAnswersEachByItself() throws IOException {
    List<LookupQuery> queries = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      if (i % 5 > 0) {
        store(i, i, MINUTE, Tunes.tune(i, ITEMS));
      }
      queries.add(query(Tunes.worse(Tunes.tune(i, ITEMS), 10, i), i % 5 == 1 ? 90 : MINUTE));
    }
    List<List<LookupMatch>> answers = lookup.find(queries);
    for (int i = 1; i <= 20; i++) {
      List<Long> tracks = answers.get(i - 1).stream().map(LookupMatch::track).toList();
      assertEquals(i % 5 < 2 ? List.of() : List.of((long) i), tracks);
    }
    assertEquals(List.of(16), fetches);
    assertEquals(new LookupStats(1, 20, 12, 0, 12), lookup.stats());
  }

  @Test
  void ofLargeCandidatesAFewMegabytesAreInMemory() throws IOException {
    int items = 1 << 18;
    Fingerprint large = Tunes.tune(1, items);
    for (int id = 1; id <= 12; id++) {
      store(id, id, MINUTE, Tunes.worse(large, id, id));
    }
    assertEquals(10, find(Tunes.without(large, 3), MINUTE).size());
    assertEquals(12, lookup.stats().compared());
    assertEquals(List.of(4, 4, 4), handedOut.getFirst().sizes());
  }

  @Test
  void usualCandidatesOfABatchComeTogether() throws IOException {
    List<LookupQuery> queries = new ArrayList<>();
    for (int id = 1; id <= 800; id++) {
      store(id, id, MINUTE, Tunes.tune(id % 20, 1000));
    }
    for (int tune = 0; tune < 20; tune++) {
      queries.add(query(Tunes.tune(tune, 1000), MINUTE));
    }
    lookup.find(queries).forEach(found -> assertEquals(10, found.size()));
    assertEquals(List.of(800), handedOut.getFirst().sizes());
  }

  @Test
  void withoutCandidatesTheCatalogueIsNotAsked() throws IOException {
    assertEquals(List.of(), lookup.find(List.of()));
    assertEquals(List.of(), find(Tunes.tune(1, ITEMS), MINUTE));
    assertEquals(List.of(), find(Tunes.of(), MINUTE));
    assertEquals(List.of(), find(Tunes.of(627964279, 627964279), MINUTE));
    assertEquals(List.of(), fetches);
  }

  @Test
  void candidatesThatTheCatalogueDoesNotKnowAreLeftOut() throws IOException {
    store(1, 1, MINUTE, Tunes.tune(1, ITEMS));
    store(2, 2, MINUTE, Tunes.tune(1, ITEMS));
    stored.remove(1L);
    assertEquals(2, find(Tunes.tune(1, ITEMS), MINUTE).getFirst().track());
  }

  @Test
  void fingerprintsOfAnotherAlgorithmDoNotMatch() throws IOException {
    Fingerprint tune = Tunes.tune(1, ITEMS);
    store(1, 1, MINUTE, Fingerprint.ofId(2, tune.toArray()));
    store(2, 2, MINUTE, Tunes.worse(tune, 5, 1));
    assertEquals(List.of(2L), find(tune, MINUTE).stream().map(LookupMatch::track).toList());
  }

  @Test
  void aSearchThatIsCutOffFindsNothingAndIsCounted() throws IOException {
    Lookup slow =
        new Lookup(
            (query, timeout) ->
                query.size() == 120 ? Hits.INCOMPLETE : index.search(query, timeout),
            this::fingerprints,
            LookupConfig.DEFAULT);
    store(1, 1, 12, Tunes.tune(1, 100));
    LookupQuery cut = query(Tunes.tune(2, ITEMS), MINUTE);
    List<List<LookupMatch>> answers = slow.find(List.of(cut, query(Tunes.tune(1, 100), 12)));
    assertEquals(List.of(), answers.getFirst());
    assertEquals(1, answers.getLast().size());
    assertEquals(new LookupStats(1, 2, 1, 1, 1), slow.stats());
  }

  @Test
  void anIndexThatIsLoadingIsAnError() {
    Lookup loading =
        new Lookup(
            (query, timeout) -> {
              throw new IndexLoadingException("half");
            },
            this::fingerprints,
            LookupConfig.DEFAULT);
    List<LookupQuery> queries = List.of(query(Tunes.tune(1, ITEMS), MINUTE));
    assertThrows(IndexLoadingException.class, () -> loading.find(queries));
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    for (int i = 1; i <= 8; i++) {
      store(i, i, MINUTE, Tunes.tune(i, ITEMS * i));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 1; i <= 8; i++) {
        Fingerprint tune = Tunes.worse(Tunes.tune(i, ITEMS * i), 10, i);
        float expected = FingerprintComparison.score(tune, Tunes.tune(i, ITEMS * i));
        long track = i;
        done.add(
            threads.submit(() -> {
              int right = 0;
              for (int round = 0; round < 100; round++) {
                LookupMatch match = find(tune, MINUTE).getFirst();
                right += match.track() == track && match.score() == expected ? 1 : 0;
              }
              return right;
            }));
      }
      for (Future<Integer> each : done) {
        assertEquals(100, each.get());
      }
    }
    assertEquals(800, lookup.stats().found());
  }
}
