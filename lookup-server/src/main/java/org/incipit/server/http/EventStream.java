package org.incipit.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Server-sent events (WHATWG HTML, 9.2), one way, each on its way when the method returns. When
 * nothing was sent for a quarter of {@link HttpLimits#idleTimeout} a comment is, so that proxies
 * keep the connection and a client that has gone is noticed; {@link Response#whenDone} tells of
 * that who waits for something to send.
 */
public interface EventStream extends Closeable {
  /** Sends data, of any number of lines. */
  void send(String data) throws IOException;

  /**
   * Sends an event.
   *
   * @param type of one line; empty for the default
   * @param id of one line; empty for none
   */
  void send(String type, String id, String data) throws IOException;

  /** Sends a comment, which keeps the connection open and is otherwise ignored. */
  void comment(String text) throws IOException;

  /** Tells the client how long to wait before it connects again. */
  void retry(Duration pause) throws IOException;
}
