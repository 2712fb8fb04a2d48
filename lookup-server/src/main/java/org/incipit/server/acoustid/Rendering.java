package org.incipit.server.acoustid;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.incipit.server.lookup.IndexBusyException;
import org.jspecify.annotations.Nullable;

/**
 * In what form an answer is written.
 *
 * @param callback of jsonp: the function that is called with the object
 */
record Rendering(Kind kind, String callback) {
  /** What it is if nothing else was asked for. */
  static final Rendering JSON = new Rendering(Kind.JSON, "");

  private static final String DEFAULT_CALLBACK = "jsonAcoustidApi";

  /** The forms. */
  enum Kind {
    JSON("application/json; charset=UTF-8"),
    JSONP("application/javascript; charset=UTF-8"),
    XML("text/xml; charset=UTF-8");

    private final String contentType;

    Kind(String contentType) {
      this.contentType = contentType;
    }
  }

  /**
   * The one that was asked for. A callback that is no name is not used.
   *
   * @throws ApiError 1
   */
  static Rendering of(Arguments arguments) throws ApiError {
    String format = arguments.first("format");
    return switch (format == null ? "json" : format) {
      case "json" -> JSON;
      case "jsonp" -> new Rendering(Kind.JSONP, callback(arguments.first("jsoncallback")));
      case "xml" -> new Rendering(Kind.XML, "");
      default -> throw ApiError.unknownFormat(String.valueOf(format));
    };
  }

  /** The same, but JSON for what is unknown. */
  static Rendering ofKnown(Arguments arguments) {
    try {
      return of(arguments);
    } catch (ApiError unknown) {
      return JSON;
    }
  }

  private static String callback(@Nullable String asked) {
    return asked != null && isName(asked) ? asked : DEFAULT_CALLBACK;
  }

  /** Whether it is one or more of {@code [$A-Za-z_][0-9A-Za-z_]*}, joined by dots. */
  private static boolean isName(String text) {
    boolean first = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean begins = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
      boolean fits = first ? begins || c == '$' : begins || (c >= '0' && c <= '9') || c == '.';
      if (!fits) {
        return false;
      }
      first = c == '.';
    }
    return !first;
  }

  String contentType() {
    return kind.contentType;
  }

  /**
   * Writes an answer.
   *
   * @param turn is taken if it is long
   * @throws ApiError 19 if it has more bytes than {@link AnswerBytes} takes, 13 if it is long and
   *     too many others are
   */
  byte[] bytes(Fields answer, LongAnswers.Turn turn) throws ApiError {
    try {
      return write(answer, new AnswerBytes(turn));
    } catch (AnswerBytes.TooLarge e) {
      throw ApiError.tooLarge();
    } catch (IndexBusyException | InterruptedIOException e) {
      throw ApiError.unavailable();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** Writes what an error is answered with. */
  byte[] bytes(ApiError error) {
    try {
      // Never long.
      return write(error.answer(), new AnswerBytes(new LongAnswers().turn()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private byte[] write(Fields answer, AnswerBytes out) throws IOException {
    switch (kind) {
      case JSON -> JsonText.write(answer, out);
      case JSONP -> {
        out.write((callback + "(").getBytes(StandardCharsets.US_ASCII));
        JsonText.write(answer, out);
        out.write(')');
      }
      case XML -> XmlText.write(answer, out);
    }
    return out.toArray();
  }
}
