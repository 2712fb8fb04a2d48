package org.incipit.server.http.netty;

/** Looks at a head, or at trailers (RFC 9112, 3 and 5, without the leniency that they allow). */
final class HeadCheck extends LineCheck {
  private static final int TOKEN = 1;
  private static final int TARGET = 2;
  private static final int VALUE = 4;
  private static final byte[] KIND = kinds();
  private static final String VERSION = "HTTP/";

  /** Where in the head the next byte belongs. */
  private enum At {
    START,
    EMPTY_LINE_LF,
    METHOD,
    TARGET,
    VERSION,
    REQUEST_LF,
    LINE,
    NAME,
    VALUE,
    VALUE_LF,
    END_LF,
    END
  }

  private final int maxHeaders;
  private final boolean trailers;

  private At at;
  private int headers;
  private int inPart;
  private int major;
  private int minor;

  HeadCheck(int maxBytes, int maxHeaders, boolean trailers) {
    super(maxBytes);
    this.maxHeaders = maxHeaders;
    this.trailers = trailers;
    this.at = trailers ? At.LINE : At.START;
  }

  @Override
  void reset() {
    super.reset();
    at = trailers ? At.LINE : At.START;
    headers = 0;
    inPart = 0;
  }

  /** Whether a byte of it has been seen. */
  boolean hasBegun() {
    return count() > 0;
  }

  @Override
  boolean atEnd() {
    return at == At.END;
  }

  @Override
  Malformed tooLong() {
    return at.compareTo(At.REQUEST_LF) < 0
        ? new Malformed(414, "the request line is too long")
        : new Malformed(431, "the head is too long");
  }

  @Override
  boolean next(byte signed) {
    int b = signed & 0xFF;
    return switch (at) {
      case START -> start(b);
      case EMPTY_LINE_LF -> lineFeed(b, At.METHOD);
      case METHOD -> method(b);
      case TARGET -> target(b);
      case VERSION -> version(b);
      case REQUEST_LF -> lineFeed(b, At.LINE) && known();
      case LINE -> line(b);
      case NAME -> name(b);
      case VALUE -> value(b);
      case VALUE_LF -> lineFeed(b, At.LINE);
      case END_LF -> {
        lineFeed(b, At.END);
        yield false;
      }
      case END -> false;
    };
  }

  private boolean start(int b) {
    inPart = 0;
    if (b == '\r') {
      at = At.EMPTY_LINE_LF;
      return true;
    }
    at = At.METHOD;
    return method(b);
  }

  private boolean lineFeed(int b, At next) {
    at = next;
    return b == '\n' || fail("a bare CR");
  }

  private boolean name(int b) {
    if (b == ':') {
      at = At.VALUE;
      return true;
    }
    return is(b, TOKEN) || fail("a header's name must be a token right before its colon");
  }

  private boolean value(int b) {
    if (b == '\r') {
      at = At.VALUE_LF;
      return true;
    }
    return is(b, VALUE) || fail(b == '\n' ? "a bare LF" : "a control character in a header");
  }

  private boolean method(int b) {
    if (b == ' ' && inPart > 0) {
      at = At.TARGET;
      inPart = 0;
      return true;
    }
    inPart++;
    return is(b, TOKEN) || fail("the method must be a token");
  }

  private boolean target(int b) {
    if (b == ' ' && inPart > 0) {
      at = At.VERSION;
      inPart = 0;
      return true;
    }
    inPart++;
    return is(b, TARGET) || fail("the request target has a character that must be encoded");
  }

  private boolean version(int b) {
    int i = inPart++;
    boolean ok =
        switch (i) {
          case 5, 7 -> b >= '0' && b <= '9';
          case 6 -> b == '.';
          case 8 -> b == '\r';
          default -> b == VERSION.charAt(i);
        };
    if (!ok) {
      return fail("the request line must end in a version, as in HTTP/1.1");
    }
    if (i == 5) {
      major = b - '0';
    } else if (i == 7) {
      minor = b - '0';
    } else if (i == 8) {
      at = At.REQUEST_LF;
    }
    return true;
  }

  private boolean known() {
    return (major == 1 && minor <= 1) || fail("this server speaks HTTP/1.0 and HTTP/1.1");
  }

  private boolean line(int b) {
    if (b == '\r') {
      at = At.END_LF;
      return true;
    }
    if (b == ' ' || b == '\t') {
      return fail("a header must not be folded over lines");
    }
    if (++headers > maxHeaders) {
      return fail(new Malformed(431, "more than " + maxHeaders + " headers"));
    }
    at = At.NAME;
    return is(b, TOKEN) || fail("a header must begin with its name");
  }

  private static boolean is(int b, int kind) {
    return (KIND[b] & kind) != 0;
  }

  /** Whether it may stand in a token (RFC 9110, 5.6.2). */
  static boolean isToken(byte b) {
    return is(b & 0xFF, TOKEN);
  }

  private static byte[] kinds() {
    byte[] kind = new byte[256];
    for (int b = 0x21; b < 0x7F; b++) {
      kind[b] = (byte) (VALUE | (b == '#' ? 0 : TARGET));
      if (Character.isLetterOrDigit(b) || "!#$%&'*+-.^_`|~".indexOf(b) >= 0) {
        kind[b] |= TOKEN;
      }
    }
    for (int b = 0x80; b < 0x100; b++) {
      kind[b] = VALUE;
    }
    kind[' '] = VALUE;
    kind['\t'] = VALUE;
    return kind;
  }
}
