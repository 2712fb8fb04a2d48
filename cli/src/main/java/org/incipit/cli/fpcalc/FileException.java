package org.incipit.cli.fpcalc;

/** A file that gives no result; the message is for the user. */
final class FileException extends Exception {
  private static final long serialVersionUID = 1L;

  FileException(String message) {
    super(message, null, false, false);
  }

  /** The sentence for the user. */
  String text() {
    return String.valueOf(getMessage());
  }
}
