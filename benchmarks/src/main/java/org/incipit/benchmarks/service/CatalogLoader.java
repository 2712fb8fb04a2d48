package org.incipit.benchmarks.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.CatalogConfig;

/**
 * Fills a catalogue with {@link Recordings}, each a track of its own with an MBID, without
 * comparing anything.
 */
final class CatalogLoader {
  private static final int BATCH = 1000;

  private CatalogLoader() {}

  /** Adds recordings from the number that is there up to {@code count}, and prints how fast. */
  static void load(CatalogConfig config, int count) throws IOException {
    Recordings recordings = new Recordings();
    try (Catalog catalog = Catalog.open(config)) {
      long first = catalog.feed().head().lastFingerprint();
      long start = System.nanoTime();
      for (long from = first; from < count; from += BATCH) {
        List<NewSubmission> batch =
            LongStream.range(from, Math.min(count, from + BATCH))
                .parallel()
                .mapToObj(number -> submission(recordings, number))
                .toList();
        catalog.submissions().add(batch);
        decide(catalog, batch.size());
      }
      if (first < count) {
        System.out.printf(
            "loaded %d recordings, %.0f a second%n",
            count - first, (count - first) / ((System.nanoTime() - start) / 1e9));
      }
    }
  }

  private static void decide(Catalog catalog, int size) throws IOException {
    List<Submission> claimed = catalog.submissions().claim(size);
    FeedHead head = catalog.feed().head();
    List<Decision> decisions = new ArrayList<>();
    for (Submission submission : claimed) {
      int next = decisions.size() + 1;
      long track = head.lastTrack() + next;
      decisions.add(
          new Decision.Founded(
              submission, head.lastFingerprint() + next, track, uuid(track ^ Long.MIN_VALUE)));
    }
    if (claimed.size() != size || !catalog.feed().decide(head, decisions)) {
      throw new IOException("somebody else fills the catalogue, too");
    }
  }

  private static NewSubmission submission(Recordings recordings, long number) {
    return new NewSubmission(
        OptionalLong.empty(),
        OptionalLong.empty(),
        null,
        recordings.of(number),
        Recordings.duration(number),
        128,
        "MP3",
        uuid(number),
        null,
        null,
        TextMetadata.NONE);
  }

  private static UUID uuid(long number) {
    SplittableRandom random = new SplittableRandom(number);
    long high = (random.nextLong() & ~0xF000L) | 0x4000;
    return new UUID(high, (random.nextLong() >>> 2) | Long.MIN_VALUE);
  }
}
