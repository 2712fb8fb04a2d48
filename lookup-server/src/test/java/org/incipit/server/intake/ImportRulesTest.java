package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.FingerprintComparison;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.SubmissionStatus;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which track a submission belongs to, on both stores. */
class ImportRulesTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 480);

  @TempDir Path folder;

  private static Fingerprint version(int bits) {
    return Versions.version(TUNE, bits);
  }

  /** What it has done in all: it counts what is visible already. */
  private static List<Integer> kinds(Importer importer) {
    importer.close();
    ImporterStats stats = importer.stats();
    return List.of((int) stats.founded(), (int) stats.added(), (int) stats.counted());
  }

  @ParameterizedTest
  @EnumSource
  void aTuneThatIsNotThereBecomesATrackAndIsFound(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      intake.importing(100);
      UUID track = intake.track(TUNE, 60);
      assertEquals(4, track.version());
      assertNotEquals(track, intake.track(Tunes.tune(2, 480), 60));
      intake.awaitIndex();
      assertEquals(track, intake.find(version(3), 60).getFirst().gid());
    }
  }

  @ParameterizedTest
  @EnumSource
  void above90TheFingerprintCountsAndIsNotStoredAgain(Store store) throws IOException {
    assertEquals(1 - 6 / 64f, FingerprintComparison.score(TUNE, version(6)));
    try (Intake intake = new Intake(store, folder)) {
      Importer importer = intake.importing(100);
      UUID track = intake.track(TUNE, 60);
      assertEquals(track, intake.track(TUNE, 60));
      assertEquals(track, intake.track(version(6), 60));
      assertEquals(List.of(1, 0, 2), kinds(importer));
      assertEquals(1, intake.catalog().feed().head().position());
    }
  }

  @ParameterizedTest
  @EnumSource
  void above75ItBecomesAFingerprintOfTheTrack(Store store) throws IOException {
    assertEquals(1 - 15 / 64f, FingerprintComparison.score(TUNE, version(15)));
    try (Intake intake = new Intake(store, folder)) {
      Importer importer = intake.importing(100);
      UUID track = intake.track(TUNE, 60);
      assertEquals(track, intake.track(version(7), 60));
      assertEquals(track, intake.track(version(15), 60));
      assertEquals(List.of(1, 2, 0), kinds(importer));
    }
  }

  @ParameterizedTest
  @EnumSource
  void at75ItIsAnotherTrack(Store store) throws IOException {
    assertEquals(0.75f, FingerprintComparison.score(TUNE, version(16)));
    try (Intake intake = new Intake(store, folder)) {
      Importer importer = intake.importing(100);
      assertNotEquals(intake.track(TUNE, 60), intake.track(version(16), 60));
      assertEquals(List.of(2, 0, 0), kinds(importer));
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachFingerprintOfTheTrackScores40AtLeast(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      intake.importing(100);
      UUID track = intake.track(TUNE, 60);
      assertEquals(track, intake.track(version(15), 60));
      assertEquals(track, intake.track(version(30), 60));
      assertNotEquals(track, intake.track(version(39), 60), "39/64 from the first one");
      assertEquals(track, intake.track(version(23), 60));
    }
  }

  @ParameterizedTest
  @EnumSource
  void durationsDifferBy7SecondsAtMost(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      intake.importing(100);
      UUID track = intake.track(TUNE, 60);
      assertEquals(track, intake.track(TUNE, 67));
      assertEquals(track, intake.track(TUNE, 53));
      assertNotEquals(track, intake.track(TUNE, 68));
    }
  }

  @ParameterizedTest
  @EnumSource
  void thatHoldsForEachFingerprintOfTheTrack(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      intake.importing(100);
      UUID track = intake.track(TUNE, 60);
      assertEquals(track, intake.track(version(10), 66));
      UUID other = intake.track(version(20), 68);
      assertNotEquals(track, other);
      assertEquals(other, intake.track(version(10), 68), "the best track is not like it in all");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBestTrackOfSeveralIsTaken(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      intake.importing(100);
      UUID track = intake.track(TUNE, 60);
      UUID other = intake.track(version(20), 60);
      assertNotEquals(track, other);
      assertEquals(track, intake.track(version(5), 60));
      assertEquals(other, intake.track(version(15), 60));
    }
  }

  @ParameterizedTest
  @EnumSource
  void silenceAndTooLittleAreRefusedForReasonsThatPeopleUnderstand(Store store) throws IOException {
    int[] silence = new int[400];
    Arrays.fill(silence, 627964279);
    try (Intake intake = new Intake(store, folder)) {
      Importer importer = intake.importing(100);
      assertEquals(
          new SubmissionStatus.Rejected("the fingerprint has nothing but silence"),
          intake.handled(intake.submit(Tunes.of(silence), 60)));
      int[] items = new Random(1).ints(400).map(item -> 1000 + Math.floorMod(item, 79)).toArray();
      String reason =
          "the fingerprint has 79 different hashes and must have 80:"
              + " the audio is too short or too uniform";
      assertEquals(
          new SubmissionStatus.Rejected(reason),
          intake.handled(intake.submit(Tunes.of(items), 60)));
      items[0] = 1;
      assertInstanceOf(
          SubmissionStatus.Imported.class, intake.handled(intake.submit(Tunes.of(items), 60)));
      importer.close();
      assertEquals(2, importer.stats().rejected());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTooLongForItsDurationIsRefused(Store store) throws IOException {
    try (Intake intake = new Intake(store, folder)) {
      intake.importing(100);
      String reason =
          "the fingerprint has 1221 hashes, and one of 11 seconds of audio has 1220 at most";
      assertEquals(
          new SubmissionStatus.Rejected(reason),
          intake.handled(intake.submit(Tunes.tune(1, 1221), 11)));
      assertInstanceOf(
          SubmissionStatus.Imported.class, intake.handled(intake.submit(Tunes.tune(1, 1220), 11)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDecidedTogetherKnowsWhatIsBeforeIt(Store store) throws IOException {
    List<NewSubmission> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Fingerprint tune = Tunes.tune(1 + i % 10, 480);
      int bits = List.of(0, 3, 10, 14).get(i / 10);
      all.add(Intake.submission(Versions.version(tune, bits), 60));
    }
    try (Intake intake = new Intake(store, folder)) {
      List<Long> ids = intake.catalog().submissions().add(all);
      Importer importer = intake.importing(100);
      List<UUID> tracks = new ArrayList<>();
      for (long id : ids) {
        tracks.add(intake.track(id));
      }
      for (int i = 0; i < 40; i++) {
        assertEquals(tracks.get(i % 10), tracks.get(i));
      }
      assertEquals(10, Map.copyOf(intake.catalog().tracks().find(tracks)).size());
      assertEquals(List.of(10, 10, 20), kinds(importer));
      assertEquals(1, importer.stats().batches());
      assertTrue(importer.stats().busyNanos() > 0);
    }
  }
}
