package org.incipit.cli.fpcalc;

import org.jspecify.annotations.Nullable;

/** Error lines: {@code ERROR: message}, or {@code ERROR: file: message}. */
final class ErrorLine {
  private ErrorLine() {}

  static ByteText of(byte[] message) {
    return new ByteText().append("ERROR: ").append(message).append('\n');
  }

  /**
   * @param file named in the line unless null
   */
  static ByteText of(byte @Nullable [] file, String message) {
    ByteText line = new ByteText().append("ERROR: ");
    if (file != null) {
      line.append(file).append(": ");
    }
    return line.append(message).append('\n');
  }

  /** What to say of an error that nobody expected, on one line. */
  static String internal(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      return "Out of memory";
    }
    String detail = String.valueOf(error.getMessage()).replace('\n', ' ').replace('\r', ' ');
    return "Internal error (" + error.getClass().getSimpleName() + ": " + detail + ")";
  }
}
