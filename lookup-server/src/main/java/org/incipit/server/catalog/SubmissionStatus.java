package org.incipit.server.catalog;

import java.util.UUID;

/** What has become of a submission. */
public sealed interface SubmissionStatus {
  /** It waits. */
  record Pending() implements SubmissionStatus {}

  /** It belongs to a track. */
  record Imported(UUID track) implements SubmissionStatus {}

  /** It was not taken, for a reason that may be shown to who has sent it. */
  record Rejected(String reason) implements SubmissionStatus {}
}
