package org.incipit.server.http.client;

import java.io.IOException;

/** The peer answered, and said no. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String text;

  /** An answer of status 400 or more, and the beginning of what it says. */
  RefusedException(String call, int status, String text) {
    super(call + ": status " + status + (text.isEmpty() ? "" : ": " + text));
    this.status = status;
    this.text = text;
  }

  public int status() {
    return status;
  }

  /** The beginning of the answer's body; from outside, so not to be trusted. */
  public String text() {
    return text;
  }
}
