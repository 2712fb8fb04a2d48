package org.incipit.server.http.netty;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.incipit.server.http.Cookies;
import org.incipit.server.http.Headers;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Parameters;
import org.incipit.server.http.QueryString;
import org.incipit.server.http.Request;
import org.incipit.server.http.Route;
import org.jspecify.annotations.Nullable;

/** A request of a connection. */
final class ServerRequest implements Request {
  private final Channel channel;
  private final RequestHead head;
  private final Method method;
  private final Route route;
  private final Parameters path;
  private final Intake intake;
  private @Nullable InputStream input;
  private byte @Nullable [] whole;
  private @Nullable HttpError refusal;

  ServerRequest(
      Channel channel,
      RequestHead head,
      Method method,
      Route route,
      Parameters path,
      Intake intake) {
    this.channel = channel;
    this.head = head;
    this.method = method;
    this.route = route;
    this.path = path;
    this.intake = intake;
  }

  @Override
  public Route route() {
    return route;
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
    return head.query().isEmpty()
        ? Parameters.NONE
        : QueryString.parse(head.query(), QueryString.DEFAULT_MOST);
  }

  @Override
  public Parameters cookies() {
    return Cookies.parse(head.message().headers().getAll(HttpHeaderNames.COOKIE));
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
    requireBody();
    InputStream opened = input;
    if (opened == null) {
      opened = Unpacking.of(intake.body().stream(), coding(), intake.maxUnpacked());
      input = opened;
    }
    return opened;
  }

  @Override
  public byte[] body() throws HttpError, IOException {
    requireBody();
    byte[] read = whole;
    if (read == null) {
      try {
        read =
            input == null && coding() == null && intake.body() instanceof WholeBody body
                ? body.bytes()
                : intake.gather(input());
      } catch (Unpacking.DamagedException e) {
        throw new HttpError(400, String.valueOf(e.getMessage()));
      }
      whole = read;
    }
    return read;
  }

  @Override
  public Form form() throws HttpError, IOException {
    if (!hasBody()) {
      return new Form(Parameters.NONE, List.of());
    }
    String type = head.message().headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    String kind = type.toLowerCase(Locale.ROOT);
    if (kind.startsWith("application/x-www-form-urlencoded")) {
      return new Form(QueryString.parseForm(body(), QueryString.DEFAULT_MOST), List.of());
    }
    if (kind.startsWith("multipart/form-data")) {
      return MultipartForm.DEFAULT.decode(body(), type);
    }
    throw new HttpError(415, "a form must be urlencoded or multipart/form-data");
  }

  /** Whoever asks for the body gets this. Before the handler runs. */
  void refuseBody(HttpError error) {
    refusal = error;
  }

  private void requireBody() throws HttpError {
    if (refusal != null) {
      throw refusal;
    }
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
