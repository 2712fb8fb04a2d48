package org.incipit.server.acoustid.client;

import java.io.IOException;

/** The service says no. */
public final class AcoustidException extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;

  AcoustidException(int code, String message) {
    super("the server refuses: " + message + " (error " + code + ")");
    this.code = code;
  }

  /** The error's number in the service's documentation. */
  public int code() {
    return code;
  }
}
