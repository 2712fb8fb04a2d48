package org.incipit.server.acoustid.client;

import java.util.List;

/**
 * A track that a fingerprint may be of.
 *
 * @param id of the track
 * @param score 0..1
 * @param json all that the server says of it
 */
public record LookupResult(String id, double score, List<Recording> recordings, JsonValue json) {
  /** Copies the list. */
  public LookupResult {
    recordings = List.copyOf(recordings);
  }

  /**
   * What the track is.
   *
   * @param id of MusicBrainz, or empty
   * @param title or empty
   * @param artists as they are credited, or empty
   */
  public record Recording(String id, String title, String artists) {}
}
