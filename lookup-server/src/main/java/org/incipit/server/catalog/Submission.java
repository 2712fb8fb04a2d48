package org.incipit.server.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A submission that has its id and waits for being imported.
 *
 * @param damage what is wrong with the bytes that are stored of its fingerprint, which then is
 *     empty; null if nothing is. Such a one can only be rejected
 */
public record Submission(long id, NewSubmission content, @Nullable String damage) {
  /** One that is sound. */
  public Submission(long id, NewSubmission content) {
    this(id, content, null);
  }
}
