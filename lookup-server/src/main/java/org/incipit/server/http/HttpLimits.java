package org.incipit.server.http;

import java.time.Duration;

/**
 * What a server puts up with.
 *
 * @param maxHeadBytes of request line and headers together; above: 431, or 414 for the line;
 *     default 160 KiB, enough for a fingerprint of 118 KB in the query string
 * @param maxHeaders number of headers; above: 431; default 100
 * @param maxBodyBytes of a body as it comes; above: 413; default 16 MiB
 * @param maxUnpackedBytes of a body after unpacking, unless its route has a limit of its own, which
 *     then holds before and after; above: 413; default 64 MiB
 * @param bodyMemoryBytes that the bodies of all connections together take in memory, unpacked ones
 *     included; above: 503 to who needs more, and streams are read more slowly; default a quarter
 *     of the heap
 * @param maxFrameBytes of a WebSocket message; above: closed with 1009; default 16 MiB
 * @param maxConnections open at a time; more are closed when they come; default 20 000
 * @param maxPipelined requests of one connection that wait behind the one being answered, or fewer
 *     whose heads together are as long as one may be; above: the connection is not read from;
 *     default 16
 * @param idleTimeout a connection without a request is closed; a silent WebSocket is pinged, and
 *     closed if it stays silent for as long again; default 60 s
 * @param headTimeout from the first byte of a request to the end of its head; above: 408; default
 *     10 s
 * @param requestTimeout from the head to the end of the answer, the deadline of handlers; above:
 *     503, or the connection ends; default 60 s; does not hold for events and WebSockets
 * @param writeTimeout a client that takes nothing for so long is cut off; default 30 s
 */
public record HttpLimits(
    int maxHeadBytes,
    int maxHeaders,
    long maxBodyBytes,
    long maxUnpackedBytes,
    long bodyMemoryBytes,
    int maxFrameBytes,
    int maxConnections,
    int maxPipelined,
    Duration idleTimeout,
    Duration headTimeout,
    Duration requestTimeout,
    Duration writeTimeout) {
  /** The defaults. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          160 << 10,
          100,
          16 << 20,
          64 << 20,
          Runtime.getRuntime().maxMemory() / 4,
          16 << 20,
          20_000,
          16,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30));
}
