package org.incipit.server.http.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a head must say about host and body (RFC 9112, 3.2 and 6). */
final class Framing {
  private static final int MAX_DIGITS = 18;

  private Framing() {}

  /** Whether the body comes in chunks; the head has no fault. */
  static boolean isChunked(HttpRequest request) {
    return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  /** Whether a body follows; the head has no fault. */
  static boolean hasBody(HttpRequest request) {
    return isChunked(request) || contentLength(request) > 0;
  }

  /** What {@code Content-Length} says, -1 if there is none; the head has no fault. */
  static long contentLength(HttpRequest request) {
    String value = request.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    return value == null ? -1 : Long.parseLong(value);
  }

  /** What is wrong with a head that Netty decoded. */
  static @Nullable Malformed fault(HttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean is11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    Malformed host = hostFault(headers, is11);
    if (host != null) {
      return host;
    }
    if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)) {
      // Netty takes eight bytes for the body of a handshake that was a draft once.
      return Malformed.bad("a WebSocket handshake of a draft");
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    if (length != null) {
      if (coding != null) {
        return Malformed.bad("Content-Length and Transfer-Encoding exclude each other");
      }
      if (!isLength(length) || headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size() > 1) {
        return Malformed.bad("Content-Length must be there once, as a decimal number");
      }
    }
    if (coding != null) {
      if (!is11
          || !coding.equalsIgnoreCase("chunked")
          || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1) {
        return Malformed.bad("Transfer-Encoding must be chunked, and the version HTTP/1.1");
      }
    }
    return null;
  }

  private static @Nullable Malformed hostFault(HttpHeaders headers, boolean required) {
    String host = headers.get(HttpHeaderNames.HOST);
    if (host == null) {
      return required ? Malformed.bad("Host is missing") : null;
    }
    List<String> all = headers.getAll(HttpHeaderNames.HOST);
    if (all.size() > 1) {
      return Malformed.bad("Host must be there once");
    }
    return isHost(host) ? null : Malformed.bad("Host must be a name or an address, and a port");
  }

  private static boolean isLength(String value) {
    int n = value.length();
    if (n == 0 || n > MAX_DIGITS) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      if (!isDigit(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@code uri-host [ ":" port ]} of RFC 3986, 3.2.2, not empty. */
  static boolean isHost(String host) {
    int n = host.length();
    int i = 0;
    if (n > 0 && host.charAt(0) == '[') {
      int end = host.indexOf(']');
      if (end < 3) {
        return false;
      }
      for (i = 1; i < end; i++) {
        char c = host.charAt(i);
        if (!isHex(c) && c != ':' && c != '.') {
          return false;
        }
      }
      i = end + 1;
    } else {
      while (i < n && host.charAt(i) != ':') {
        char c = host.charAt(i);
        if (c == '%') {
          if (i + 2 >= n || !isHex(host.charAt(i + 1)) || !isHex(host.charAt(i + 2))) {
            return false;
          }
        } else if (!isHex(c) && !isNameCharacter(c)) {
          return false;
        }
        i++;
      }
      if (i == 0) {
        return false;
      }
    }
    return i == n || (host.charAt(i) == ':' && isPort(host, i + 1));
  }

  private static boolean isPort(String host, int from) {
    int port = 0;
    for (int i = from; i < host.length(); i++) {
      if (!isDigit(host.charAt(i)) || port > 0xFFFF) {
        return false;
      }
      port = 10 * port + host.charAt(i) - '0';
    }
    return port <= 0xFFFF;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || "-._~!$&'()*+,;=".indexOf(c) >= 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
