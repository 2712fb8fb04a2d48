package org.incipit.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The answer to a request. For the thread of its handler, until that returns. Status and headers
 * can be set until the first byte of the body is written, or {@code send} was called.
 */
public interface Response {
  /** Sets the status, 200 if nobody does. */
  Response status(int status);

  int status();

  /** Sets a header in place of those of this name. */
  Response header(String name, String value);

  /** Adds a header to those of this name. */
  Response addHeader(String name, String value);

  /** Sets a cookie. */
  Response cookie(Cookie cookie);

  /** Whether the head is on its way, so that nothing of it can be changed. */
  boolean isCommitted();

  /**
   * Sends the whole answer.
   *
   * @param body not copied, so not to be changed
   */
  void send(String contentType, byte[] body) throws IOException;

  /** Sends text as UTF-8. */
  default void send(String text) throws IOException {
    send("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The body as a stream: chunked, unless a header says {@code Content-Length}, in which case as
   * many bytes must be written. Writing waits for the other side if the handler runs on a virtual
   * thread. Closing it ends the answer; so does the handler's return.
   */
  OutputStream output() throws IOException;

  /**
   * Has the rest done elsewhere: {@code rest} runs there once the present handler has returned,
   * with the same request and response, whose deadline goes on. The answer ends when {@code rest}
   * returns, which may hand over again. For handlers that find a request to be too much for where
   * they run; nothing may have been written. Middleware around the handler returns before {@code
   * rest} begins, so {@code rest} brings its own where that matters.
   *
   * @param where threads that may be kept; if it rejects, the answer is 503
   * @throws IllegalStateException if the head is on its way, or this handler has handed over before
   */
  void handOver(Executor where, Handler rest);

  /**
   * Has this called once, when the answer is with the network in whole or never will be. On
   * whichever thread, the event loop's too: it must not wait.
   */
  void whenDone(Consumer<Outcome> action);

  /** Makes the answer a stream of server-sent events. Only on virtual threads. */
  EventStream events() throws IOException;

  /**
   * What became of an answer.
   *
   * @param status that was sent; 0 if none was
   * @param bodyBytes of the body, as they went out
   * @param complete false if the connection ended before the answer did
   */
  record Outcome(int status, long bodyBytes, boolean complete) {}

  /**
   * A cookie to set.
   *
   * @param maxAge seconds; negative for as long as the browser runs, 0 to delete it
   * @param secure whether it is sent through TLS only
   * @param httpOnly whether it is kept from scripts
   */
  record Cookie(
      String name, String value, String path, long maxAge, boolean secure, boolean httpOnly) {
    /** For the whole site, as long as the browser runs, kept from scripts. */
    public static Cookie of(String name, String value) {
      return new Cookie(name, value, "/", -1, false, true);
    }
  }
}
