package org.incipit.server.http.netty;

/**
 * Looks at the line before a chunk (RFC 9112, 7.1): its size in hexadecimal digits, extensions with
 * names, CR LF.
 */
final class ChunkCheck extends LineCheck {
  private static final int MAX_LINE = 1024;
  private static final int MAX_DIGITS = 7;

  /** Where in the line the next byte belongs. */
  private enum At {
    SIZE,
    NAME,
    TOKEN,
    VALUE,
    QUOTED,
    ESCAPED,
    QUOTE_END,
    LF,
    END
  }

  private At at = At.SIZE;
  private int inPart;
  private int size;

  ChunkCheck() {
    super(MAX_LINE);
  }

  @Override
  void reset() {
    super.reset();
    at = At.SIZE;
    inPart = 0;
    size = 0;
  }

  /** Bytes of data that follow the line; 0 for the last. */
  int size() {
    return size;
  }

  @Override
  boolean atEnd() {
    return at == At.END;
  }

  @Override
  Malformed tooLong() {
    return Malformed.bad("a chunk's line is too long");
  }

  @Override
  boolean next(byte b) {
    return switch (at) {
      case SIZE -> size(b);
      case NAME ->
          (b == '=' && inPart > 0) ? go(At.VALUE) : part(b, "a chunk extension must have a name");
      case VALUE -> b == '"' ? go(At.QUOTED) : value(b);
      case TOKEN -> value(b);
      case QUOTED ->
          switch (b) {
            case '"' -> go(At.QUOTE_END);
            case '\\' -> go(At.ESCAPED);
            default -> text(b);
          };
      case ESCAPED -> text(b);
      case QUOTE_END -> end(b) || fail("a chunk extension goes on after its quotes");
      case LF -> {
        at = At.END;
        yield b != '\n' && fail("a bare CR");
      }
      case END -> false;
    };
  }

  private boolean value(byte b) {
    at = At.TOKEN;
    return part(b, "a chunk extension must have a value after its sign");
  }

  private boolean text(byte b) {
    at = At.QUOTED;
    return isText(b) || fail("a control character in a chunk extension");
  }

  private boolean size(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      if (++inPart > MAX_DIGITS) {
        return fail("a chunk's size must have at most " + MAX_DIGITS + " digits");
      }
      size = (size << 4) | digit;
      return true;
    }
    return (inPart > 0 && end(b)) || fail("a chunk must begin with its size");
  }

  private boolean part(byte b, String otherwise) {
    if (HeadCheck.isToken(b)) {
      inPart++;
      return true;
    }
    return (inPart > 0 && end(b)) || fail(otherwise);
  }

  private boolean end(byte b) {
    return switch (b) {
      case ';' -> go(At.NAME);
      case '\r' -> go(At.LF);
      default -> false;
    };
  }

  private boolean go(At next) {
    at = next;
    inPart = 0;
    return true;
  }

  private static boolean isText(byte b) {
    return b < 0 || (b >= ' ' && b != 0x7F) || b == '\t';
  }
}
