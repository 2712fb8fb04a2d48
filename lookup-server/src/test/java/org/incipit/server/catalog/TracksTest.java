package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.incipit.server.catalog.store.CatalogException;
import org.junit.jupiter.api.Test;

class TracksTest extends OnBothStores {
  @Test
  void nothingIsKnownOfWhatIsNotThere() throws Exception {
    Tracks tracks = catalog.tracks();
    for (List<Long> ids : List.of(List.<Long>of(), List.of(0L, -1L, 1L, Long.MAX_VALUE))) {
      assertEquals(Map.of(), tracks.fingerprints(ids));
      assertEquals(Map.of(), tracks.fingerprintIds(ids));
      assertEquals(Map.of(), tracks.mbids(ids));
      assertEquals(Map.of(), tracks.texts(ids, 10));
      assertEquals(Map.of(), tracks.foreignIds(ids, 1000));
    }
    assertEquals(Map.of(), tracks.find(List.of()));
    assertEquals(Map.of(), tracks.ofRecordings(List.of(), 1000));
    assertEquals(Map.of(), tracks.find(List.of(new UUID(0, 0))));
    assertEquals(Map.of(), tracks.ofRecordings(List.of(new UUID(-1, -1)), 1000));
  }

  @Test
  void anyNumberIsAskedForAtOnce() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2));
    List<Long> ids = LongStream.range(2, 100_000).boxed().toList();
    assertEquals(Set.of(2L), catalog.tracks().fingerprints(ids).keySet());
  }

  @Test
  void recordingsAreOrderedAsUnsignedNumbers() throws Exception {
    List<UUID> ordered =
        List.of(
            new UUID(0, 1),
            new UUID(Long.MAX_VALUE, -1),
            new UUID(Long.MIN_VALUE, 0),
            new UUID(-1, -1));
    Samples.founded(catalog, Samples.submission(0));
    add(
        catalog,
        ordered.reversed().stream()
            .map(mbid -> Samples.submission(1, mbid, null, TextMetadata.NONE))
            .toList());
    assertEquals(
        ordered, catalog.tracks().mbids(List.of(1L)).get(1L).stream().map(MbidLink::mbid).toList());
  }

  @Test
  void disabledLinksAreShown() throws Exception {
    UUID mbid = Samples.uuid(9);
    NewSubmission said = Samples.submission(1, mbid, null, TextMetadata.NONE);
    Samples.founded(catalog, said, said);
    store.execute("UPDATE track_mbid SET disabled = TRUE WHERE track_id = 1");
    add(catalog, List.of(said));
    assertEquals(List.of(new MbidLink(mbid, 2, true)), catalog.tracks().mbids(List.of(1L)).get(1L));
    assertEquals(
        List.of(new TrackLink(Samples.uuid(1), true), new TrackLink(Samples.uuid(2), false)),
        catalog.tracks().ofRecordings(List.of(mbid), 1000).get(mbid));
  }

  @Test
  void whatMostSayComesFirstAndTheRestIsCutOff() throws Exception {
    Samples.founded(catalog, Samples.submission(0), Samples.submission(0));
    List<NewSubmission> said = new ArrayList<>();
    for (String name : List.of("a", "b", "b", "c", "c", "c", "d")) {
      said.add(
          Samples.submission(1, null, name.equals("d") ? "x:Z" : "x:" + name, Samples.text(name)));
    }
    add(catalog, said);
    assertEquals(
        List.of(
            new SubmittedText(Samples.text("c"), 3),
            new SubmittedText(Samples.text("b"), 2),
            new SubmittedText(Samples.text("a"), 1)),
        catalog.tracks().texts(List.of(1L, 2L), 3).get(1L));
    assertEquals(
        List.of("x:Z", "x:a", "x:b", "x:c"),
        catalog.tracks().foreignIds(List.of(1L), 1000).get(1L));
  }

  @Test
  void ofTooManyLinksThoseOfMostSubmissionsAreTold() throws Exception {
    Samples.founded(catalog, Samples.submission(0));
    int count = Tracks.MOST_LINKS + 2;
    List<NewSubmission> said = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // All are said twice but the first and the tenth.
      for (int times = i == 0 || i == 10 ? 1 : 2; times > 0; times--) {
        String foreignId = "x:%05d".formatted(i);
        said.add(Samples.submission(1, Samples.uuid(i), foreignId, TextMetadata.NONE));
      }
    }
    add(catalog, said);
    List<Integer> told = IntStream.range(0, count).filter(i -> i != 0 && i != 10).boxed().toList();
    assertEquals(
        told.stream().map(i -> new MbidLink(Samples.uuid(i), 2, false)).toList(),
        catalog.tracks().mbids(List.of(1L)).get(1L));
    assertEquals(
        told.stream().map("x:%05d"::formatted).toList(),
        catalog.tracks().foreignIds(List.of(1L), 10_000).get(1L));
  }

  @Test
  void ofTooManyTracksOfARecordingTheOldestAreTold() throws Exception {
    UUID mbid = Samples.uuid(9);
    NewSubmission one = Samples.submission(1, mbid, null, TextMetadata.NONE);
    Samples.founded(
        catalog, Collections.nCopies(Tracks.MOST_LINKS + 1, one).toArray(NewSubmission[]::new));
    assertEquals(
        LongStream.rangeClosed(1, Tracks.MOST_LINKS)
            .mapToObj(track -> new TrackLink(Samples.uuid(track), false))
            .toList(),
        catalog.tracks().ofRecordings(List.of(mbid), 1000).get(mbid));
  }

  @Test
  void ofTooManyTracksOfARecordingDisabledOnesAreLeftOutFirst() throws Exception {
    UUID mbid = Samples.uuid(9);
    NewSubmission one = Samples.submission(1, mbid, null, TextMetadata.NONE);
    Samples.founded(catalog, one, one, one, one, one);
    store.execute("UPDATE track_mbid SET disabled = TRUE WHERE track_id IN (1, 2, 4)");
    for (int most = 1; most <= 6; most++) {
      List<Long> told = List.of(3L, 5L, 1L, 2L, 4L).subList(0, Math.min(most, 5));
      assertEquals(
          told.stream()
              .sorted()
              .map(track -> new TrackLink(Samples.uuid(track), track != 3 && track != 5))
              .toList(),
          catalog.tracks().ofRecordings(List.of(mbid), most).get(mbid));
    }
  }

  @Test
  void foreignIdsAreReadUntilTheyHaveTooManyLetters() throws Exception {
    Samples.founded(catalog, Samples.submission(0), Samples.submission(0));
    List<NewSubmission> said = new ArrayList<>();
    for (String id : List.of("x:aa", "x:\u044f\u044f", "x:bb", "x:bb")) {
      said.add(Samples.submission(1, null, id, TextMetadata.NONE));
    }
    add(catalog, said);
    List<Long> both = List.of(2L, 1L);
    assertEquals(Map.of(1L, List.of("x:bb")), catalog.tracks().foreignIds(both, 3));
    assertEquals(Map.of(1L, List.of("x:aa", "x:bb")), catalog.tracks().foreignIds(both, 4));
    assertEquals(Map.of(1L, List.of("x:aa", "x:bb")), catalog.tracks().foreignIds(both, 7));
    assertEquals(
        Map.of(1L, List.of("x:aa", "x:bb", "x:\u044f\u044f")),
        catalog.tracks().foreignIds(both, 8));
  }

  @Test
  void whatWasAskedForIsInMemory() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2));
    Tracks tracks = new Tracks(store.database(), new DamagedRows(), 1 << 20);
    Map<Long, StoredFingerprint> first = tracks.fingerprints(List.of(1L));
    assertEquals(new CacheCounts(0, 1, 256 + 400), tracks.cacheCounts());
    assertEquals(first.get(1L), tracks.fingerprints(List.of(1L, 2L)).get(1L));
    assertEquals(new CacheCounts(1, 2, 2 * (256 + 400)), tracks.cacheCounts());
  }

  @Test
  void theCacheKeepsToItsLimit() throws Exception {
    Samples.founded(catalog, Samples.submission(1), Samples.submission(2), Samples.submission(3));
    for (long limit : new long[] {0, 1400}) {
      Tracks tracks = new Tracks(store.database(), new DamagedRows(), limit);
      for (int round = 0; round < 3; round++) {
        assertEquals(3, tracks.fingerprints(List.of(1L, 2L, 3L)).size());
        assertTrue(tracks.cacheCounts().bytes() <= limit, () -> tracks.cacheCounts().toString());
      }
    }
  }

  /** Adds submissions that count for track 1. */
  private static void add(Catalog catalog, List<NewSubmission> submissions)
      throws CatalogException {
    List<Decision> decisions = new ArrayList<>();
    for (Submission submission :
        Samples.claimed(catalog, submissions.toArray(NewSubmission[]::new))) {
      decisions.add(new Decision.Counted(submission, 1, 1));
    }
    assertTrue(catalog.feed().decide(catalog.feed().head(), decisions));
  }
}
