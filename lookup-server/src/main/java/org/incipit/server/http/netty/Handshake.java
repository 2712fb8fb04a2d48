package org.incipit.server.http.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.incipit.server.http.HttpError;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request for a WebSocket (RFC 6455, 4.2), and the extension that was agreed on.
 *
 * @param headers names and values in turn
 * @param deflate permessage-deflate (RFC 7692), if the other side offered it in a form that we have
 */
record Handshake(List<String> headers, @Nullable WebSocketServerExtension deflate) {
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;
  private static final int DEFLATE_LEVEL = 6;
  private static final int WINDOW_BITS = 15;

  /**
   * Checks a request that says {@code Upgrade: websocket}.
   *
   * @param further headers to answer with, names and values in turn
   * @param maxFrameBytes of a frame after unpacking
   * @throws HttpError 400, 426
   */
  static Handshake of(RequestHead head, List<String> further, int maxFrameBytes) throws HttpError {
    HttpRequest message = head.message();
    if (!head.is11()) {
      // An upgrade that is asked for in HTTP/1.0 is to be ignored (RFC 9110, 7.8).
      throw new HttpError(
          426, "a WebSocket begins with HTTP/1.1", Map.of("Upgrade", "websocket"));
    }
    if (head.hasBody()) {
      throw new HttpError(400, "the handshake of a WebSocket has no body");
    }
    if (!VERSION.equals(one(message, HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      throw new HttpError(
          426,
          "the version of WebSocket must be " + VERSION,
          Map.of("Sec-WebSocket-Version", VERSION, "Upgrade", "websocket"));
    }
    if (!isKey(one(message, HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
      throw new HttpError(400, "Sec-WebSocket-Key must be there once, 16 bytes in Base64");
    }
    List<String> headers = new ArrayList<>(further);
    for (Map.Entry<String, String> header : new Accept().headers(message)) {
      headers.add(header.getKey());
      headers.add(header.getValue());
    }
    WebSocketServerExtension deflate = deflate(message, maxFrameBytes);
    if (deflate != null) {
      headers.add("Sec-WebSocket-Extensions");
      headers.add(text(deflate.newReponseData()));
    }
    return new Handshake(headers, deflate);
  }

  private static @Nullable String one(HttpRequest message, CharSequence name) {
    List<String> all = message.headers().getAll(name);
    return all.size() == 1 ? all.getFirst() : null;
  }

  private static boolean isKey(@Nullable String key) {
    if (key == null) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable WebSocketServerExtension deflate(HttpRequest message, int maxBytes) {
    String offers =
        String.join(",", message.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
    if (offers.isEmpty()) {
      return null;
    }
    PerMessageDeflateServerExtensionHandshaker ours =
        new PerMessageDeflateServerExtensionHandshaker(
            DEFLATE_LEVEL, false, WINDOW_BITS, true, false, maxBytes);
    for (WebSocketExtensionData offer : WebSocketExtensionUtil.extractExtensions(offers)) {
      WebSocketServerExtension agreed = ours.handshakeExtension(offer);
      if (agreed != null) {
        return agreed;
      }
    }
    return null;
  }

  private static String text(WebSocketExtensionData extension) {
    StringBuilder text = new StringBuilder(extension.name());
    extension
        .parameters()
        .forEach(
            (name, value) -> {
              text.append("; ").append(name);
              if (value != null) {
                text.append('=').append(value);
              }
            });
    return text.toString();
  }

  /** Netty's handshaker, asked for what it would answer. */
  private static final class Accept extends WebSocketServerHandshaker13 {
    Accept() {
      super("", null, WebSocketDecoderConfig.newBuilder().build());
    }

    HttpHeaders headers(HttpRequest message) throws HttpError {
      FullHttpRequest request =
          new DefaultFullHttpRequest(
              message.protocolVersion(),
              HttpMethod.GET,
              message.uri(),
              Unpooled.EMPTY_BUFFER,
              message.headers(),
              EmptyHttpHeaders.INSTANCE);
      try {
        FullHttpResponse response = newHandshakeResponse(request, EmptyHttpHeaders.INSTANCE);
        response.release();
        return response.headers();
      } catch (WebSocketHandshakeException e) {
        throw new HttpError(400, String.valueOf(e.getMessage()));
      }
    }
  }
}
