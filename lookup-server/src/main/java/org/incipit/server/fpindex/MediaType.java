package org.incipit.server.fpindex;

import java.util.Locale;
import org.incipit.server.http.Request;
import org.jspecify.annotations.Nullable;

/** The forms of bodies, and which of them a request is in and is answered in. */
enum MediaType {
  JSON("application/json", "application/json; charset=UTF-8"),
  MSGPACK("application/vnd.msgpack", "application/vnd.msgpack");

  private final String name;
  private final String header;

  MediaType(String name, String header) {
    this.name = name;
    this.header = header;
  }

  /**
   * What the body of a request is in: what {@code Content-Type} says; without it MessagePack if
   * there is a body.
   *
   * @throws Refusal if it says anything else
   */
  static MediaType ofRequest(Request request) throws Refusal {
    String value = request.headers().first("Content-Type");
    if (value == null) {
      return request.hasBody() && request.contentLength() != 0 ? MSGPACK : JSON;
    }
    int parameters = value.indexOf(';');
    MediaType type = named(parameters < 0 ? value : value.substring(0, parameters));
    if (type == null) {
      throw new Refusal(
          Refusal.Name.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type must be application/json or application/vnd.msgpack");
    }
    return type;
  }

  /**
   * What the answer is to be in: what {@code Accept} says if that is one of them and nothing else,
   * otherwise what the request is in.
   */
  static MediaType ofAnswer(Request request) {
    String accept = request.headers().first("Accept");
    MediaType type = accept == null ? null : named(accept);
    if (type != null) {
      return type;
    }
    try {
      return ofRequest(request);
    } catch (Refusal unsupported) {
      return JSON;
    }
  }

  private static @Nullable MediaType named(String value) {
    String name = value.strip().toLowerCase(Locale.ROOT);
    for (MediaType type : values()) {
      if (type.name.equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** The value of {@code Content-Type}. */
  String header() {
    return header;
  }

  /** Reads a body, which must not change meanwhile. */
  BodyReader reader(byte[] body) throws BodyFormatException {
    return switch (this) {
      case JSON -> new JsonReader(body);
      case MSGPACK -> new MsgpackReader(body);
    };
  }

  /** The body of an answer. */
  byte[] write(Answer answer) {
    BodyWriter out =
        switch (this) {
          case JSON -> new JsonWriter();
          case MSGPACK -> new MsgpackWriter();
        };
    answer.write(out);
    return out.bytes();
  }
}
