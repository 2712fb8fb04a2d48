package org.incipit.server.http.middleware;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.incipit.server.http.EventStream;
import org.incipit.server.http.Handler;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.jspecify.annotations.Nullable;

/** A response that packs what goes through it, once it knows that it may. */
final class PackedResponse implements Response {
  private static final long UNKNOWN = -1;
  private static final int BUFFER = 8 << 10;

  private final Response next;
  private final boolean wanted;
  private final int minBytes;
  private @Nullable String contentType;
  private @Nullable Gzip gzip;
  private long contentLength = UNKNOWN;
  private boolean fixed;

  PackedResponse(Response next, boolean wanted, int minBytes) {
    this.next = next;
    this.wanted = wanted;
    this.minBytes = minBytes;
  }

  /** A packer that can be given up without an end that looks like one. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream to) throws IOException {
      super(to, BUFFER, true);
    }

    void abandon() {
      def.end();
    }
  }

  /** Ends the stream, if there is one. */
  void end() throws IOException {
    passLength();
    if (gzip != null) {
      gzip.close();
    }
  }

  /** Lets go of what packs, leaving the stream without its end. */
  void abandon() {
    if (gzip != null) {
      gzip.abandon();
    }
  }

  @Override
  public Response status(int status) {
    next.status(status);
    return this;
  }

  @Override
  public int status() {
    return next.status();
  }

  @Override
  public Response header(String name, String value) {
    if (!isHeld(name, value)) {
      next.header(name, value);
    }
    return this;
  }

  @Override
  public Response addHeader(String name, String value) {
    if (!isHeld(name, value)) {
      next.addHeader(name, value);
    }
    return this;
  }

  /** Notes what decides whether to pack; the length waits for the decision. */
  private boolean isHeld(String name, String value) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "content-length" -> {
        contentLength = Long.parseUnsignedLong(value);
        return true;
      }
      case "content-type" -> contentType = value;
      case "content-encoding", "content-range", "etag" -> fixed = true;
      case "cache-control" -> fixed |= value.toLowerCase(Locale.ROOT).contains("no-transform");
      default -> {}
    }
    return false;
  }

  @Override
  public Response cookie(Cookie cookie) {
    next.cookie(cookie);
    return this;
  }

  @Override
  public boolean isCommitted() {
    return next.isCommitted();
  }

  @Override
  public void send(String type, byte[] body) throws IOException {
    if (!begin(type, body.length)) {
      next.send(type, body);
      return;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(packed, BUFFER)) {
      out.write(body);
    }
    next.send(type, packed.toByteArray());
  }

  @Override
  public OutputStream output() throws IOException {
    if (gzip != null) {
      return gzip;
    }
    if (next.isCommitted() || contentType == null || !begin(contentType, contentLength)) {
      passLength();
      return next.output();
    }
    contentLength = UNKNOWN;
    Gzip packer = new Gzip(next.output());
    gzip = packer;
    return packer;
  }

  @Override
  public void handOver(Executor where, Handler rest) {
    next.handOver(where, (request, response) -> finish(request, rest));
  }

  private void finish(Request request, Handler rest) throws Exception {
    boolean finished = false;
    try {
      rest.handle(request, this);
      end();
      finished = true;
    } finally {
      if (!finished) {
        abandon();
      }
    }
  }

  /** Decides whether to pack, and says so in the head. */
  private boolean begin(String type, long length) {
    int status = next.status();
    boolean packable =
        !fixed
            && (length == UNKNOWN || length >= minBytes)
            && status >= 200
            && status != 204
            && status != 206
            && status != 304
            && isText(type);
    if (packable) {
      next.addHeader("Vary", "Accept-Encoding");
    }
    if (!packable || !wanted) {
      return false;
    }
    fixed = true;
    next.header("Content-Encoding", "gzip");
    return true;
  }

  private void passLength() {
    if (contentLength != UNKNOWN && !next.isCommitted()) {
      next.header("Content-Length", Long.toString(contentLength));
      contentLength = UNKNOWN;
    }
  }

  private static boolean isText(String type) {
    int semicolon = type.indexOf(';');
    String essence = semicolon < 0 ? type : type.substring(0, semicolon);
    return switch (essence.strip().toLowerCase(Locale.ROOT)) {
      case "application/json", "application/xml", "application/javascript", "image/svg+xml" -> true;
      case "text/event-stream" -> false;
      case String other ->
          other.startsWith("text/") || other.endsWith("+json") || other.endsWith("+xml");
    };
  }

  @Override
  public void whenDone(Consumer<Outcome> action) {
    next.whenDone(action);
  }

  @Override
  public EventStream events() throws IOException {
    return next.events();
  }
}
