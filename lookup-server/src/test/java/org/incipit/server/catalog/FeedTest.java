package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedTest extends OnBothStores {
  private static final UUID MBID = Samples.uuid(77);

  @Test
  void aNewCatalogueHasNoChanges() throws Exception {
    Feed feed = catalog.feed();
    assertEquals(new FeedHead(0, 0, 0), feed.head());
    assertEquals(List.of(), feed.after(0, 10));
    assertEquals(OptionalLong.empty(), feed.markAt(1));
  }

  @Test
  void aFoundedTrackHasAllThatWasSaid() throws Exception {
    TextMetadata text = new TextMetadata("Ágætis", "Sigur Rós", "x", "y", 1, 2, 1999);
    List<Submission> claimed =
        Samples.claimed(catalog, Samples.submission(1, MBID, "file:/a b", text));
    assertTrue(
        catalog
            .feed()
            .decide(
                new FeedHead(0, 0, 0),
                List.of(new Decision.Founded(claimed.get(0), 1, 1, Samples.uuid(5)))));

    assertEquals(new FeedHead(1, 1, 1), catalog.feed().head());
    Tracks tracks = catalog.tracks();
    StoredFingerprint stored =
        new StoredFingerprint(1, 1, Samples.uuid(5), 180, Samples.fingerprint(1));
    assertEquals(Map.of(1L, stored), tracks.fingerprints(List.of(1L, 2L)));
    assertEquals(Map.of(1L, List.of(1L)), tracks.fingerprintIds(List.of(1L, 2L)));
    assertEquals(Map.of(1L, List.of(new MbidLink(MBID, 1, false))), tracks.mbids(List.of(1L, 2L)));
    assertEquals(Map.of(1L, List.of(new SubmittedText(text, 1))), tracks.texts(List.of(1L), 10));
    assertEquals(Map.of(1L, List.of("file:/a b")), tracks.foreignIds(List.of(1L), 1000));
    assertEquals(Map.of(Samples.uuid(5), 1L), tracks.find(List.of(Samples.uuid(5), MBID)));
    assertEquals(
        Map.of(MBID, List.of(new TrackLink(Samples.uuid(5), false))),
        tracks.ofRecordings(List.of(MBID), 1000));
    assertEquals(
        Map.of(claimed.get(0).id(), new SubmissionStatus.Imported(Samples.uuid(5))),
        catalog.submissions().statuses(List.of(claimed.get(0).id())));
  }

  @Test
  void laterDecisionsMayReferToEarlierOnes() throws Exception {
    TextMetadata text = Samples.text("t");
    List<Submission> claimed =
        Samples.claimed(
            catalog,
            Samples.submission(1, MBID, null, text),
            Samples.submission(2, MBID, "a:1", text),
            Samples.submission(3, MBID, "a:1", TextMetadata.NONE));
    assertTrue(
        catalog
            .feed()
            .decide(
                new FeedHead(0, 0, 0),
                List.of(
                    new Decision.Founded(claimed.get(0), 1, 1, Samples.uuid(1)),
                    new Decision.Added(claimed.get(1), 2, 1),
                    new Decision.Counted(claimed.get(2), 1, 1))));

    assertEquals(new FeedHead(2, 2, 1), catalog.feed().head());
    Tracks tracks = catalog.tracks();
    assertEquals(Map.of(1L, List.of(new MbidLink(MBID, 3, false))), tracks.mbids(List.of(1L)));
    assertEquals(Map.of(1L, List.of(new SubmittedText(text, 2))), tracks.texts(List.of(1L), 10));
    assertEquals(Map.of(1L, List.of("a:1")), tracks.foreignIds(List.of(1L), 1000));
    assertEquals(2, store.number("SELECT submissions FROM fingerprint WHERE id = 1"));
    assertEquals(1, store.number("SELECT submissions FROM fingerprint WHERE id = 2"));
  }

  @Test
  void changesHaveNoGapsAndMarksOfTheirOwn() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2));
    Samples.founded(catalog, Samples.submission(3));
    List<FeedChange> changes = catalog.feed().after(0, 10);
    assertEquals(List.of(1L, 2L, 3L), changes.stream().map(FeedChange::position).toList());
    for (FeedChange change : changes) {
      assertEquals(
          new FeedChange(
              change.position(),
              catalog.feed().markAt(change.position()).orElseThrow(),
              change.position(),
              change.position(),
              180,
              Samples.fingerprint(change.position())),
          change);
    }
    assertNotEquals(changes.get(0).mark(), changes.get(1).mark());
    assertEquals(changes.subList(1, 2), catalog.feed().after(1, 1));
  }

  @Test
  void aFingerprintThatIsGoneIsAChangeWithoutOne() throws Exception {
    Samples.founded(catalog, Samples.submission(1));
    store.execute("UPDATE submission SET fingerprint_id = NULL");
    store.execute("DELETE FROM fingerprint");
    FeedChange change = catalog.feed().after(0, 10).getFirst();
    assertEquals(1, change.id());
    assertNull(change.fingerprint());
  }

  @Test
  void aDecisionOnAnOldHeadChangesNothing() throws Exception {
    Samples.founded(catalog, Samples.submission(1));
    Submission late = Samples.claimed(catalog, Samples.submission(2)).getFirst();
    assertFalse(
        catalog
            .feed()
            .decide(
                new FeedHead(0, 0, 0), List.of(new Decision.Founded(late, 1, 1, Samples.uuid(9)))));
    assertEquals(new FeedHead(1, 1, 1), catalog.feed().head());
    assertEquals(List.of(late), catalog.submissions().claim(10));
  }

  @Test
  void whatIsDecidedIsNotDecidedAgainNorWhatComesWithIt() throws Exception {
    List<Submission> claimed =
        Samples.claimed(catalog, Samples.submission(1), Samples.submission(2));
    FeedHead head = new FeedHead(0, 0, 0);
    assertTrue(
        catalog.feed().decide(head, List.of(new Decision.Rejected(claimed.get(0), "short"))));
    assertFalse(
        catalog
            .feed()
            .decide(
                head,
                List.of(
                    new Decision.Founded(claimed.get(0), 1, 1, Samples.uuid(1)),
                    new Decision.Founded(claimed.get(1), 2, 2, Samples.uuid(2)))));
    assertEquals(head, catalog.feed().head());
    assertEquals(List.of(claimed.get(1)), catalog.submissions().claim(10));
    assertEquals(
        new SubmissionStatus.Rejected("short"),
        catalog.submissions().statuses(List.of(claimed.get(0).id())).get(claimed.get(0).id()));
  }

  @Test
  void idsMustFollow() throws Exception {
    Submission it = Samples.claimed(catalog, Samples.submission(1)).getFirst();
    UUID gid = Samples.uuid(1);
    for (Decision wrong :
        List.of(
            new Decision.Founded(it, 2, 1, gid),
            new Decision.Founded(it, 1, 2, gid),
            new Decision.Added(it, 1, 1),
            new Decision.Counted(it, 1, 1))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> catalog.feed().decide(new FeedHead(0, 0, 0), List.of(wrong)));
    }
    Decision right = new Decision.Founded(it, 1, 1, gid);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            catalog
                .feed()
                .decide(new FeedHead(0, 0, 0), List.of(right, new Decision.Rejected(it, "twice"))));
    assertTrue(catalog.feed().decide(new FeedHead(0, 0, 0), List.of(right)));
  }

  @Test
  void aFingerprintCountsOnlyForItsOwnTrack() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2));
    Submission it = Samples.claimed(catalog, Samples.submission(3)).getFirst();
    FeedHead head = catalog.feed().head();
    assertThrows(
        IllegalArgumentException.class,
        () -> catalog.feed().decide(head, List.of(new Decision.Counted(it, 1, 2))));
    assertEquals(List.of(it), catalog.submissions().claim(10));
  }

  @Test
  void aFingerprintIsStoredOnce() throws Exception {
    List<Submission> claimed =
        Samples.claimed(
            catalog, Samples.submission(1), Samples.submission(2), Samples.submission(3));
    catalog
        .feed()
        .decide(
            new FeedHead(0, 0, 0),
            List.of(
                new Decision.Founded(claimed.get(0), 1, 1, Samples.uuid(1)),
                new Decision.Counted(claimed.get(1), 1, 1),
                new Decision.Rejected(claimed.get(2), "short")));
    assertEquals(
        claimed.get(2).id(), store.number("SELECT sum(submission_id) FROM submission_data"));
  }

  @Test
  void theZeroUuidIsNoRecording() throws Exception {
    Samples.founded(catalog, Samples.submission(1, new UUID(0, 0), null, TextMetadata.NONE));
    assertEquals(Map.of(), catalog.tracks().mbids(List.of(1L)));
  }

  @Test
  void theSameTextOfTwoTracksIsStoredOnce() throws Exception {
    TextMetadata text = Samples.text("same");
    Samples.founded(
        catalog, Samples.submission(1, null, null, text), Samples.submission(2, null, null, text));
    Samples.founded(catalog, Samples.submission(3, null, null, text));
    assertEquals(1, store.number("SELECT count(*) FROM meta"));
    List<SubmittedText> texts = List.of(new SubmittedText(text, 1));
    assertEquals(
        Map.of(1L, texts, 2L, texts, 3L, texts), catalog.tracks().texts(List.of(1L, 2L, 3L), 10));
  }
}
