package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules hold for what is in memory only while it is compared. */
class LargeTracksTest {
  private static final long SEED = Long.getLong("tests.seed", 30);
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
