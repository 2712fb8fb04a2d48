package org.incipit.server.fpindex;

/** A line that is answered with {@code ERR}. Has no stack trace: the client's doing, not ours. */
final class LineError extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * An error answer.
   *
   * @param text what follows {@code ERR}; clients compare it
   */
  LineError(String text) {
    super(text, null, false, false);
  }

  /** What follows {@code ERR}. */
  String text() {
    return String.valueOf(getMessage());
  }
}
