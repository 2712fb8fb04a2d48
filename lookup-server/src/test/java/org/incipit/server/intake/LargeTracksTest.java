package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.ScoreSlope;
import org.incipit.server.catalog.CacheCounts;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.LookupMatch;
import org.incipit.server.lookup.Ranking;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules hold for what is in memory only while it is compared. */
class LargeTracksTest {
  private static final long SEED = Long.getLong("tests.seed", 30);
  private static final UUID GID = new UUID(1, 1);
  private static final Fingerprint TUNE = Tunes.tune(1, 480);

  @TempDir Path folder;
  @TempDir Path other;

  private static Fingerprint version(int bits) {
    return Versions.version(TUNE, bits);
  }

  /** Begins to import with one fingerprint in memory at a time, however small they are. */
  private static void importInPieces(Intake intake, int batch) {
    intake.importing(new CatalogSource(intake.catalog(), 1), batch);
  }

  @ParameterizedTest
  @EnumSource
  void whoeverIsUnlikeTheLastMemberOfATrackIsFoundOut(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      importInPieces(intake, 1);
      UUID track = intake.track(version(11), 60);
      assertEquals(track, intake.track(version(25), 60));
      assertEquals(track, intake.track(version(39), 60));
      assertNotEquals(track, intake.track(TUNE, 60), "39/64 from the last one");
      assertEquals(track, intake.track(version(18), 60));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoeverIsLongerThanTheLastMemberOfATrackIsFoundOut(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      importInPieces(intake, 1);
      UUID track = intake.track(version(0), 60);
      assertEquals(track, intake.track(version(10), 63));
      assertEquals(track, intake.track(version(20), 56));
      assertNotEquals(track, intake.track(version(1), 64), "8 seconds from the last one");
    }
  }

  /** Stores one, whatever the rules would say. */
  private static void store(Catalog catalog, Fingerprint fingerprint, long track, boolean isNew)
      throws IOException {
    catalog.submissions().add(List.of(Intake.submission(fingerprint, 60)));
    Submission claimed = catalog.submissions().claim(1).getFirst();
    FeedHead head = catalog.feed().head();
    long id = head.lastFingerprint() + 1;
    Decision decision =
        isNew
            ? new Decision.Founded(claimed, id, track, GID)
            : new Decision.Added(claimed, id, track);
    assertTrue(catalog.feed().decide(head, List.of(decision)));
  }

  @ParameterizedTest
  @EnumSource
  void sixteenMegabytesAreInMemoryIfNothingElseIsSaid(Store store) throws IOException {
    Fingerprint fourMegabytes = Tunes.of(new int[1 << 20]);
    try (Intake intake = new Intake(store, folder)) {
      for (int i = 0; i < 6; i++) {
        store(intake.catalog(), fourMegabytes, 1, i == 0);
      }
      FingerprintChunks chunks =
          new CatalogSource(intake.catalog())
              .fingerprints(List.of(1L, 2L, 3L, 4L, 5L, 6L), 0, Integer.MAX_VALUE);
      List<Integer> sizes = new ArrayList<>();
      while (chunks.hasNext()) {
        sizes.add(chunks.next().size());
      }
      assertEquals(List.of(4, 2), sizes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotKeptOfATrackIsReadOnceForAllThatMatchIt(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      Catalog catalog = intake.catalog();
      for (int member = 0; member < 3; member++) {
        store(catalog, version(11 + 14 * member), 1, member == 0);
      }
      List<NewSubmission> all = new ArrayList<>();
      for (int bits : new int[] {18, 25, 32, 39, 0}) {
        all.add(Intake.submission(version(bits), 60));
      }
      catalog.submissions().add(all);
      List<Question> questions =
          catalog.submissions().claim(all.size()).stream().map(Question::new).toList();
      questions.forEach(it -> it.matches(List.of(new LookupMatch(1, GID, 1, 1))));
      long before = asked(catalog);
      Ranking ranking = new Ranking(ScoreSlope.COMPARE2);
      StoredMembers members = StoredMembers.of(new CatalogSource(catalog, 1), ranking, questions);
      List<Boolean> answers = new ArrayList<>();
      for (Question question : questions) {
        answers.add(members.areAllLike(question, 1));
      }
      assertEquals(List.of(true, true, true, true, false), answers, "the last: 39/64 from one");
      assertEquals(3 + 2, asked(catalog) - before, "all members, and once those not kept");
    }
  }

  /** How many fingerprints the catalogue was asked for. */
  private static long asked(Catalog catalog) {
    CacheCounts counts = catalog.tracks().cacheCounts();
    return counts.hits() + counts.misses();
  }

  /** Which of them are of one track: for each the first that is of the same. */
  private static List<Integer> tracks(Intake intake, List<NewSubmission> all) throws IOException {
    List<UUID> tracks = new ArrayList<>();
    for (long id : intake.catalog().submissions().add(all)) {
      tracks.add(intake.track(id));
    }
    return tracks.stream().map(tracks::indexOf).toList();
  }

  @ParameterizedTest
  @EnumSource
  void theSameIsDecidedInPiecesAsAtOnce(Store store) throws IOException {
    Random random = new Random(SEED);
    List<NewSubmission> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Fingerprint tune = Tunes.tune(random.nextInt(3), 480);
      Fingerprint version = Versions.version(tune, random.nextInt(64));
      all.add(Intake.submission(version, 60 + random.nextInt(5)));
    }
    try (Intake atOnce = new Intake(Store.SQLITE, folder);
        Intake inPieces = new Intake(store, other)) {
      atOnce.importing(20);
      importInPieces(inPieces, 20);
      assertEquals(tracks(atOnce, all), tracks(inPieces, all), "seed " + SEED);
    }
  }
}
