package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  @Test
  void allFingerprintsAreFoundInPieces() throws Exception {
    found();
    Tracks tracks = catalog.tracks();
    assertEquals(Set.of(1L, 2L, 3L), tracks.fingerprints(List.of(1L, 2L, 3L, 4L)).keySet());
    assertEquals(Set.of(1L, 2L, 3L), tracks.fingerprintsOf(List.of(1L, 2L, 3L)).keySet());
    for (int round = 0; round < 2; round++) {
      assertEquals(Set.of(2L, 3L), tracks.fingerprints(List.of(1L, 2L, 3L), 2, 3).keySet());
      assertEquals(Set.of(), tracks.fingerprints(List.of(1L, 2L, 3L), 4, 9).keySet());
    }
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
