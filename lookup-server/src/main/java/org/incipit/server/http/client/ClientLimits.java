package org.incipit.server.http.client;

import java.time.Duration;

/**
 * What a client puts up with.
 *
 * @param connectTimeout to have a connection; default 5 s
 * @param timeout for a whole call with all its attempts, if the current deadline is not earlier; of
 *     a streamed answer, for the head and for each wait for more; default 30 s
 * @param maxAnswerBytes of an unpacked body that is read as a whole, and of a WebSocket's message;
 *     default 64 MiB
 * @param maxAttempts of a call that may be repeated; default 4
 * @param firstPause before the second attempt, on average; doubled from one to the next; default
 *     100 ms
 * @param longestPause between attempts; a peer that wants a longer one is not asked again; default
 *     5 s
 */
public record ClientLimits(
    Duration connectTimeout,
    Duration timeout,
    long maxAnswerBytes,
    int maxAttempts,
    Duration firstPause,
    Duration longestPause) {
  /** The defaults. */
  public static final ClientLimits DEFAULT =
      new ClientLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          64 << 20,
          4,
          Duration.ofMillis(100),
          Duration.ofSeconds(5));
}
