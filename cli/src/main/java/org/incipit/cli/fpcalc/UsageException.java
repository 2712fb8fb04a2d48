package org.incipit.cli.fpcalc;

/** A command line that cannot be followed. The message holds bytes of the arguments unchanged. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final byte[] text;

  UsageException(ByteText text) {
    super(null, null, false, false);
    this.text = text.toArray();
  }

  UsageException(String text) {
    this(new ByteText().append(text));
  }

  /** What is wrong, without the leading {@code ERROR}. */
  byte[] text() {
    return text;
  }
}
