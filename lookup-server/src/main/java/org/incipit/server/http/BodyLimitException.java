package org.incipit.server.http;

import java.io.IOException;

/** A body that is longer than allowed; becomes 413 if nothing has been answered yet. */
public final class BodyLimitException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * A body that is longer than this.
   *
   * @param what "body" or "unpacked body"
   * @param limit in bytes
   */
  public BodyLimitException(String what, long limit) {
    super(what + " is longer than " + limit + " bytes");
  }
}
