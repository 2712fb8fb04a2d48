package org.incipit.server.http.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.incipit.server.http.Headers;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Parameters;
import org.incipit.server.http.Request;
import org.jspecify.annotations.Nullable;

/** A request of a connection. */
final class ServerRequest implements Request {
  private final Channel channel;
  private final RequestHead head;
  private final Method method;
  private final Parameters path;
  private final RequestBody body;
  private final long maxUnpacked;
  private @Nullable InputStream input;
  private byte @Nullable [] whole;

  ServerRequest(
      Channel channel,
      RequestHead head,
      Method method,
      Parameters path,
      RequestBody body,
      long maxUnpacked) {
    this.channel = channel;
    this.head = head;
    this.method = method;
    this.path = path;
    this.body = body;
    this.maxUnpacked = maxUnpacked;
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public String path() {
    return head.path();
  }

  @Override
  public String queryString() {
    return head.query();
  }

  @Override
  public String version() {
    return head.is11() ? "HTTP/1.1" : "HTTP/1.0";
  }

  @Override
  public Headers headers() {
    return new RequestHeaders(head.message().headers());
  }

  @Override
  public Parameters pathParameters() {
    return path;
  }

  @Override
  public Parameters query() throws HttpError {
    return head.query().isEmpty() ? Parameters.NONE : decoded(head.query());
  }

  private static Parameters decoded(String text) throws HttpError {
    try {
      return new Parameters(new QueryStringDecoder(text, false).parameters());
    } catch (IllegalArgumentException e) {
      throw new HttpError(400, "parameters cannot be decoded: " + e.getMessage());
    }
  }

  @Override
  public Parameters cookies() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String line : head.message().headers().getAll(HttpHeaderNames.COOKIE)) {
      for (Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(line)) {
        values.computeIfAbsent(cookie.name(), name -> new ArrayList<>()).add(cookie.value());
      }
    }
    return new Parameters(values);
  }

  @Override
  public String remoteAddress() {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "unix";
  }

  @Override
  public boolean isSecure() {
    return channel.pipeline().get(SslHandler.class) != null;
  }

  @Override
  public boolean hasBody() {
    return head.hasBody();
  }

  @Override
  public long contentLength() {
    return head.chunked() ? -1 : Math.max(head.contentLength(), 0);
  }

  @Override
  public InputStream input() throws HttpError {
    InputStream opened = input;
    if (opened == null) {
      opened = Unpacking.of(body.stream(), coding(), maxUnpacked);
      input = opened;
    }
    return opened;
  }

  @Override
  public byte[] body() throws HttpError, IOException {
    byte[] read = whole;
    if (read == null) {
      read = input == null && coding() == null ? body.bytes() : input().readAllBytes();
      whole = read;
    }
    return read;
  }

  @Override
  public Form form() throws HttpError, IOException {
    if (!hasBody()) {
      return new Form(Parameters.NONE, List.of());
    }
    String text = new String(body(), StandardCharsets.UTF_8);
    return new Form(decoded(text), List.of());
  }

  private @Nullable String coding() {
    return head.hasBody() ? head.message().headers().get(HttpHeaderNames.CONTENT_ENCODING) : null;
  }

  /** Lets go of what unpacks. In the thread of the handler. */
  void close() throws IOException {
    if (input != null) {
      input.close();
    }
  }
}
