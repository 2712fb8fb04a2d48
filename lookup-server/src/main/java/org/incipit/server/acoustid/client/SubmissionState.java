package org.incipit.server.acoustid.client;

/**
 * How far a submission is.
 *
 * @param status {@code pending}, {@code imported} or, of our own server, {@code rejected}
 * @param track its id once it is imported, or empty
 * @param reason why it is rejected, or empty
 */
public record SubmissionState(long id, String status, String track, String reason) {
  public boolean isPending() {
    return status.equals("pending");
  }

  public boolean isImported() {
    return status.equals("imported");
  }
}
