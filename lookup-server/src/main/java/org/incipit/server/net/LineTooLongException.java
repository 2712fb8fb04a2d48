package org.incipit.server.net;

import java.io.IOException;

/** A line longer than allowed. Where the next one begins is not known: the connection must end. */
public final class LineTooLongException extends IOException {
  private static final long serialVersionUID = 1;

  LineTooLongException(int limit) {
    super("a line is longer than " + limit + " bytes");
  }
}
