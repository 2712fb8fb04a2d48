package org.incipit.server.http.netty;

import java.io.IOException;

/** The connection of a request has ended, or its time is over. Says nothing of where we were. */
final class ConnectionException extends IOException {
  private static final long serialVersionUID = 1;

  ConnectionException(String message) {
    super(message);
  }

  /** The network has been closed while a handler was running. */
  static ConnectionException ofNetwork() {
    return new ConnectionException("the network has ended");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
