package org.incipit.cli;

/**
 * Text of others, tags, servers and file names, for people to read: it stays on its line, and has
 * no control over the terminal. What programs read is JSON, and exact.
 */
final class Printable {
  private static final int REPLACEMENT = 0xfffd;

  private Printable() {}

  /** Line breaks and tabs become spaces; other controls, those of direction too, U+FFFD. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().map(Printable::of).forEach(printable::appendCodePoint);
    return printable.toString();
  }

  private static int of(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.CONTROL -> isSpace(codePoint) ? ' ' : REPLACEMENT;
      case Character.FORMAT -> turnsWhatFollows(codePoint) ? REPLACEMENT : codePoint;
      default -> codePoint;
    };
  }

  /** 0x85 is the line break of C1. */
  private static boolean isSpace(int control) {
    return (control >= '\t' && control <= '\r') || control == 0x85;
  }

  /** The marks of direction, which Hebrew and Arabic text has, do not: they only stand for one. */
  private static boolean turnsWhatFollows(int format) {
    return switch (Character.getDirectionality(format)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
          Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
          Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
          Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
          true;
      default -> false;
    };
  }
}
