package org.incipit.server.http.netty;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.incipit.server.http.Cookies;
import org.incipit.server.http.ErrorAnswer;
import org.incipit.server.http.EventStream;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HeaderChecks;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Response;
import org.jspecify.annotations.Nullable;

/** The answer of an exchange: collects its head, and hands over the body. */
final class ServerResponse implements Response {
  private static final byte[] NOTHING = new byte[0];

  /** Signs of life of a stream of events in the time that a connection may be silent. */
  private static final int BEATS = 4;

  private final Exchange exchange;
  private int status = 200;
  private List<String> headers = List.of();
  private @Nullable String contentType;
  private long contentLength = AnswerHead.NONE;
  private boolean closes;
  private boolean ended;
  private @Nullable AnswerOutput output;
  private @Nullable ServerEvents events;

  ServerResponse(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public Response status(int status) {
    if (status != 101 && (status < 200 || status > 599)) {
      throw new IllegalArgumentException("status must be 101 or 200..599 (got " + status + ")");
    }
    checkOpen();
    this.status = status;
    return this;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Response header(String name, String value) {
    check(name, value);
    if (!isOwn(name, value)) {
      for (int i = headers.size() - 2; i >= 0; i -= 2) {
        if (headers.get(i).equalsIgnoreCase(name)) {
          headers.subList(i, i + 2).clear();
        }
      }
      add(name, value);
    }
    return this;
  }

  @Override
  public Response addHeader(String name, String value) {
    check(name, value);
    if (!isOwn(name, value)) {
      add(name, value);
    }
    return this;
  }

  private void add(String name, String value) {
    if (headers.isEmpty()) {
      headers = new ArrayList<>(8);
    }
    headers.add(name);
    headers.add(value);
  }

  /** Whether it is one that the server writes itself. */
  private boolean isOwn(String name, String value) {
    if (name.length() == 12 && name.equalsIgnoreCase("Content-Type")) {
      contentType = value;
      return true;
    }
    if (name.length() == 14 && name.equalsIgnoreCase("Content-Length")) {
      contentLength = Long.parseUnsignedLong(value);
      return true;
    }
    if (name.length() == 10 && name.equalsIgnoreCase("Connection")) {
      closes |= value.equalsIgnoreCase("close");
      return true;
    }
    if (name.length() == 17 && name.equalsIgnoreCase("Transfer-Encoding")) {
      throw new IllegalArgumentException("Transfer-Encoding is the server's to say");
    }
    return false;
  }

  private void check(String name, String value) {
    checkOpen();
    HeaderChecks.name(name);
    HeaderChecks.value(name, value);
  }

  private void checkOpen() {
    if (isCommitted()) {
      throw new IllegalStateException("the head of the answer is on its way");
    }
  }

  @Override
  public Response cookie(Cookie cookie) {
    return addHeader("Set-Cookie", Cookies.format(cookie));
  }

  @Override
  public void handOver(Executor where, Handler rest) {
    if (isCommitted() || output != null) {
      throw new IllegalStateException("there is an answer already");
    }
    exchange.handOver(where, rest);
  }

  @Override
  public void whenDone(Consumer<Outcome> action) {
    exchange.whenDone(action);
  }

  @Override
  public boolean isCommitted() {
    AnswerOutput opened = output;
    return ended || (opened != null && opened.hasBegun());
  }

  @Override
  public void send(String contentType, byte[] body) throws IOException {
    if (output != null || ended) {
      throw new IllegalStateException("there is an answer already");
    }
    this.contentType = HeaderChecks.value("Content-Type", contentType);
    whole(body, body.length);
  }

  @Override
  public OutputStream output() throws IOException {
    if (ended) {
      throw new IllegalStateException("there is an answer already");
    }
    AnswerOutput opened = output;
    if (opened == null) {
      opened = exchange.isStreaming() ? new StreamedOutput(exchange, this) : new HeldOutput(this);
      output = opened;
    }
    return opened;
  }

  @Override
  public EventStream events() throws IOException {
    if (!exchange.isStreaming()) {
      throw new IllegalStateException("events need a route that runs on virtual threads");
    }
    checkOpen();
    contentType = "text/event-stream";
    header("Cache-Control", "no-cache");
    OutputStream body = output();
    exchange.time().lift();
    body.flush();
    boolean toHead = !exchange.hasBody();
    if (toHead) {
      body.close();
    }
    ServerEvents opened = new ServerEvents(body, toHead);
    opened.keepAlive(exchange.idleTimeout().dividedBy(BEATS));
    events = opened;
    return opened;
  }

  /** Ends the answer, if its handler did not. */
  void end() throws IOException {
    if (events != null) {
      events.close();
    } else if (output != null) {
      output.close();
    } else if (!ended) {
      whole(NOTHING, 0);
    }
  }

  /**
   * Answers with an error in place of what has been said, unless something is on its way.
   *
   * @return whether it could
   */
  boolean fail(HttpError error) throws IOException {
    if (exchange.isCommitted() || (ended && exchange.isStreaming())) {
      return false;
    }
    ended = false;
    output = null;
    headers = List.of();
    contentLength = AnswerHead.NONE;
    status = error.status();
    error.headers().forEach(this::header);
    ErrorAnswer answer = exchange.written(error);
    answer.headers().forEach(this::header);
    contentType = answer.contentType();
    whole(answer.body(), answer.body().length);
    return true;
  }

  /** The answer is these bytes, all of them. */
  void whole(byte[] body, int length) throws IOException {
    ended = true;
    exchange.whole(body, length);
  }

  /** The answer was streamed up to its end. */
  void streamed() {
    ended = true;
  }

  List<String> headers() {
    return headers;
  }

  @Nullable String contentType() {
    return contentType;
  }

  /** What the handler said about the length, or {@link AnswerHead#NONE}. */
  long contentLength() {
    return contentLength;
  }

  /** Whether the handler wants the connection to end with the answer. */
  boolean closes() {
    return closes;
  }
}
