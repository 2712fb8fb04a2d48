package org.incipit.server.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.store.CatalogException;
import org.jspecify.annotations.Nullable;

/** Submissions for tests. */
final class Samples {
  private Samples() {}

  static Fingerprint fingerprint(long seed) {
    return Fingerprint.of(Algorithm.DEFAULT, new Random(seed).ints(100).toArray());
  }

  /** One without a word. */
  static NewSubmission submission(long seed) {
    return submission(seed, null, null, TextMetadata.NONE);
  }

  static NewSubmission submission(
      long seed, @Nullable UUID mbid, @Nullable String foreignId, TextMetadata text) {
    return new NewSubmission(
        OptionalLong.empty(),
        OptionalLong.empty(),
        null,
        fingerprint(seed),
        180,
        null,
        null,
        mbid,
        null,
        foreignId,
        text);
  }

  static TextMetadata text(String track) {
    return new TextMetadata(track, "somebody", null, null, null, null, null);
  }

  static UUID uuid(long number) {
    return new UUID(0x4000L, Long.MIN_VALUE | number);
  }

  /** Adds these and claims them; nothing else waits. */
  static List<Submission> claimed(Catalog catalog, NewSubmission... submissions)
      throws CatalogException {
    catalog.submissions().add(List.of(submissions));
    return catalog.submissions().claim(submissions.length);
  }

  /** Adds these and makes a track of each. */
  static void founded(Catalog catalog, NewSubmission... submissions) throws CatalogException {
    FeedHead head = catalog.feed().head();
    List<Decision> decisions = new ArrayList<>();
    long next = 1;
    for (Submission submission : claimed(catalog, submissions)) {
      decisions.add(
          new Decision.Founded(
              submission,
              head.lastFingerprint() + next,
              head.lastTrack() + next,
              uuid(head.lastTrack() + next)));
      next++;
    }
    if (!catalog.feed().decide(head, decisions)) {
      throw new IllegalStateException("somebody else works on this catalogue");
    }
  }
}
