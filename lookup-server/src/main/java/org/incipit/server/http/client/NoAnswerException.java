package org.incipit.server.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The peer did not answer, or not to the end: no connection, a broken one, or no time left. */
public final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1;

  NoAnswerException(String call, String why, @Nullable Throwable cause) {
    super(call + ": " + why, cause);
  }
}
