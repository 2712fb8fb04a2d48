package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.store.CatalogException;
import org.junit.jupiter.api.Test;

/** However large fingerprints are, only so much of them is read at a time. */
class BoundedReadingTest extends OnBothStores {
  /** A megabyte as it is stored, twelve in memory: two are more than is read at a time. */
  private static final Fingerprint LARGE =
      Fingerprint.of(Algorithm.DEFAULT, new int[3 * (1 << 20)]);

  private static NewSubmission large(int duration) {
    return new NewSubmission(
        OptionalLong.empty(),
        OptionalLong.empty(),
        null,
        LARGE,
        duration,
        null,
        null,
        null,
        null,
        null,
        TextMetadata.NONE);
  }

  @Test
  void aClaimHasFewerIfTheyAreLarge() throws Exception {
    List<Long> ids = catalog.submissions().add(List.of(large(1), large(2), large(3)));
    assertEquals(ids.subList(0, 2), claim());
    catalog
        .feed()
        .decide(
            catalog.feed().head(),
            catalog.submissions().claim(1).stream()
                .map(it -> (Decision) new Decision.Rejected(it, "no"))
                .toList());
    assertEquals(ids.subList(1, 3), claim());
  }

  private List<Long> claim() throws CatalogException {
    return catalog.submissions().claim(10).stream().map(Submission::id).toList();
  }

  @Test
  void theFeedHasFewerButAlwaysGoesOn() throws Exception {
    found();
    List<Long> seen = new ArrayList<>();
    long position = 0;
    while (position < 3) {
      List<FeedChange> changes = catalog.feed().after(position, 10);
      assertEquals(Math.min(2, 3 - position), changes.size());
      changes.forEach(change -> seen.add(change.position()));
      position = changes.getLast().position();
    }
    assertEquals(List.of(1L, 2L, 3L), seen);
  }

  private static List<Set<Long>> chunks(FingerprintChunks chunks) throws IOException {
    List<Set<Long>> all = new ArrayList<>();
    while (chunks.hasNext()) {
      all.add(chunks.next().keySet());
    }
    return all;
  }

  @Test
  void fingerprintsComeInChunksFromTheDatabaseAndFromMemory() throws Exception {
    found();
    List<Long> ids = List.of(3L, 2L, 1L);
    for (long cacheBytes : new long[] {0, 64 << 20}) {
      Tracks tracks = new Tracks(store.database(), new DamagedRows(), cacheBytes);
      for (int round = 0; round < 2; round++) {
        assertEquals(
            List.of(Set.of(1L), Set.of(2L), Set.of(3L)), chunks(tracks.fingerprints(ids, 0, 9, 1)));
        assertEquals(
            List.of(Set.of(1L, 2L), Set.of(3L)), chunks(tracks.fingerprints(ids, 0, 9, 16 << 20)));
        assertEquals(List.of(Set.of(2L, 3L)), chunks(tracks.fingerprints(ids, 2, 3, 32 << 20)));
        assertEquals(List.of(Set.of()), chunks(tracks.fingerprints(ids, 4, 9, 1)));
      }
      assertEquals(Set.of(1L, 2L, 3L), tracks.fingerprints(ids).keySet());
    }
  }

  @Test
  void whatIsInMemoryComesChunkByChunkAndOnlyIfAllOfAChunkIs() throws Exception {
    found();
    Tracks tracks = new Tracks(store.database(), new DamagedRows(), 64 << 20);
    List<Long> ids = List.of(1L, 2L, 3L);
    tracks.fingerprints(List.of(1L, 2L));
    FingerprintChunks some = tracks.fingerprints(ids, 0, 9, 32 << 20);
    assertEquals(Optional.empty(), some.nextInMemory());
    assertEquals(new CacheCounts(0, 2, tracks.cacheCounts().bytes()), tracks.cacheCounts());
    FingerprintChunks first = tracks.fingerprints(ids, 0, 9, 16 << 20);
    assertEquals(Set.of(1L, 2L), first.nextInMemory().orElseThrow().keySet());
    assertEquals(Optional.empty(), first.nextInMemory());
    assertEquals(Set.of(1L, 2L, 3L), some.next().keySet());
    assertEquals(Set.of(3L), first.nextInMemory().orElseThrow().keySet());
    assertFalse(first.hasNext());
    FingerprintChunks unlike = tracks.fingerprints(ids, 4, 9, 1);
    assertEquals(Set.of(), unlike.nextInMemory().orElseThrow().keySet());
    assertFalse(unlike.hasNext());
  }

  @Test
  void aLargeFingerprintIsReadAmongUsualOnes() throws Exception {
    Samples.founded(catalog, Samples.submission(1), large(180), Samples.submission(3));
    Map<Long, StoredFingerprint> found = catalog.tracks().fingerprints(List.of(1L, 2L, 3L));
    assertEquals(Samples.fingerprint(1), found.get(1L).fingerprint());
    assertEquals(LARGE, found.get(2L).fingerprint());
    assertEquals(Samples.fingerprint(3), found.get(3L).fingerprint());
  }

  @Test
  void aDamagedOneDoesNotEndAChunk() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2), Samples.submission(3));
    store.execute("UPDATE fingerprint SET data = substr(data, 1, 9) WHERE id IN (1, 3)");
    FingerprintChunks chunks = catalog.tracks().fingerprints(List.of(1L, 2L, 3L), 0, 999, 1);
    assertEquals(List.of(Set.of(2L), Set.of()), chunks(chunks));
  }

  private void found() throws CatalogException {
    for (int duration = 1; duration <= 3; duration++) {
      Samples.founded(catalog, large(duration));
    }
  }

  @Test
  void tooMuchAtOnceIsRefused() throws Exception {
    Submissions submissions = catalog.submissions();
    List<NewSubmission> many =
        Collections.nCopies(Submissions.MOST_AT_ONCE + 1, Samples.submission(1));
    assertThrows(IllegalArgumentException.class, () -> submissions.add(many));
    List<NewSubmission> large = Collections.nCopies(120, large(1));
    assertThrows(IllegalArgumentException.class, () -> submissions.add(large));
    assertEquals(0, submissions.queue().length());
  }

  @Test
  void whatIsForgottenIsReadAgain() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2));
    Tracks tracks = catalog.tracks();
    assertEquals(Samples.fingerprint(1), tracks.fingerprints(List.of(1L)).get(1L).fingerprint());
    store.execute(
        "UPDATE fingerprint SET data = (SELECT data FROM fingerprint WHERE id = 2) WHERE id = 1");
    tracks.forget();
    assertEquals(Samples.fingerprint(2), tracks.fingerprints(List.of(1L)).get(1L).fingerprint());
    assertEquals(2, tracks.cacheCounts().misses());
  }
}
