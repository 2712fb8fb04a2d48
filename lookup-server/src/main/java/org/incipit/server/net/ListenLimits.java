package org.incipit.server.net;

import java.time.Duration;

/**
 * What a listener puts up with.
 *
 * @param maxConnections open at a time; more are closed when they come, and counted as refused;
 *     default 20 000
 * @param backlog connections that the system keeps until they are accepted; default 1 024
 * @param handshakeTimeout for TLS, from the connection to the end of the handshake; default 10 s
 */
public record ListenLimits(int maxConnections, int backlog, Duration handshakeTimeout) {
  /** The defaults. */
  public static final ListenLimits DEFAULT =
      new ListenLimits(20_000, 1_024, Duration.ofSeconds(10));

  /** Checks them. */
  public ListenLimits {
    if (maxConnections < 1) {
      throw new IllegalArgumentException(
          "maxConnections must be at least 1 (got " + maxConnections + ")");
    }
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog must be at least 1 (got " + backlog + ")");
    }
    if (!handshakeTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "handshakeTimeout must be above 0 (got " + handshakeTimeout + ")");
    }
  }

  /** These with another number of connections. */
  public ListenLimits withMaxConnections(int max) {
    return new ListenLimits(max, backlog, handshakeTimeout);
  }
}
