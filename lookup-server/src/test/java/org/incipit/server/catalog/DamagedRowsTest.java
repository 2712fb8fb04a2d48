package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A row that cannot be read keeps nobody from the others. */
class DamagedRowsTest extends OnBothStores {
  @Test
  void aDamagedFingerprintIsLeftOut() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2), Samples.submission(3));
    store.execute("UPDATE fingerprint SET data = substr(data, 1, 9) WHERE id = 2");
    Tracks tracks = catalog.tracks();
    assertEquals(Set.of(1L, 3L), tracks.fingerprints(List.of(1L, 2L, 3L)).keySet());
    List<FeedChange> changes = catalog.feed().after(0, 10);
    assertEquals(List.of(1L, 2L, 3L), changes.stream().map(FeedChange::position).toList());
    assertNotNull(changes.get(0).fingerprint());
    assertNull(changes.get(1).fingerprint());
    assertEquals(1, catalog.damagedRows());
  }

  @Test
  void aDamagedSubmissionSaysSoAndCanBeRejected() throws Exception {
    List<Long> ids =
        catalog.submissions().add(List.of(Samples.submission(1), Samples.submission(2)));
    store.execute("UPDATE submission_data SET data = substr(data, 1, 2) WHERE submission_id = 1");
    List<Submission> claimed = catalog.submissions().claim(10);
    assertEquals(ids, claimed.stream().map(Submission::id).toList());
    Submission damaged = claimed.getFirst();
    assertNotNull(damaged.damage());
    assertTrue(damaged.content().fingerprint().isEmpty());
    assertNull(claimed.getLast().damage());
    assertTrue(
        catalog
            .feed()
            .decide(new FeedHead(0, 0, 0), List.of(new Decision.Rejected(damaged, "damaged"))));
    assertEquals(
        Map.of(ids.getFirst(), new SubmissionStatus.Rejected("damaged")),
        catalog.submissions().statuses(ids.subList(0, 1)));
    assertEquals(1, catalog.damagedRows());
  }
}
