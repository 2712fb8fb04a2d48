package org.incipit.server.catalog;

import java.util.UUID;

/** What an importer makes of a submission. */
public sealed interface Decision {
  /** Of what. */
  Submission submission();

  /** It is not taken. */
  record Rejected(Submission submission, String reason) implements Decision {}

  /** A fingerprint of a track is so similar that it counts for both. */
  record Counted(Submission submission, long fingerprint, long track) implements Decision {}

  /** It becomes a fingerprint of a track that there is, maybe by an earlier decision. */
  record Added(Submission submission, long fingerprint, long track) implements Decision {}

  /** It becomes the first fingerprint of a new track. */
  record Founded(Submission submission, long fingerprint, long track, UUID gid)
      implements Decision {}
}
