package org.incipit.server.http.netty;

import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Route;
import org.incipit.server.http.RunsOn;

/**
 * The body of a request as its connection sees it: what has come of it, and whether the rest is
 * worth waiting for. Changed on the loop; handlers' threads only look.
 */
final class Intake {
  /** Bytes that nobody reads for which a connection is worth keeping. */
  private static final long WORTH_DRAINING = 256 << 10;

  private final RequestBody body;
  private final long max;
  private final long announced;
  private volatile long received;
  private volatile boolean complete;
  private volatile boolean continuePending;
  private long dropped;

  /** Nothing has come yet. */
  Intake(Exchange exchange, RequestHead head, Route route, HttpLimits limits) {
    max = route.maxBodyBytes() > 0 ? route.maxBodyBytes() : limits.maxBodyBytes();
    announced = head.contentLength();
    complete = !head.hasBody();
    continuePending = head.expectsContinue();
    if (!head.hasBody()) {
      body = WholeBody.EMPTY;
    } else if (route.runsOn() == RunsOn.VIRTUAL) {
      body = new StreamedBody(exchange, max, continuePending);
    } else {
      body = new WholeBody(announced);
    }
  }

  RequestBody body() {
    return body;
  }

  /** Bytes that it may have. */
  long max() {
    return max;
  }

  /** Whether more has come, or was announced, than is allowed. */
  boolean isTooLong() {
    return Math.max(announced, received) > max;
  }

  /** Notes bytes that have come. */
  void receive(int bytes) {
    continuePending = false;
    long sum = received + bytes;
    received = sum;
  }

  /** Notes bytes that nobody reads. */
  void drop(int bytes) {
    dropped += bytes;
  }

  /** It has come to its end. */
  void end() {
    complete = true;
    body.end();
  }

  boolean isComplete() {
    return complete;
  }

  /** Whether the other side waits for 100, and nobody has asked it to send. */
  boolean isContinuePending() {
    return continuePending;
  }

  /** The same; asks. */
  boolean takeContinue() {
    boolean pending = continuePending;
    continuePending = false;
    return pending;
  }

  /** Whether the rest, if nobody reads it, is more than the connection is worth. */
  boolean isNotWorthDraining() {
    return !complete && (announced - received > WORTH_DRAINING || dropped > WORTH_DRAINING);
  }
}
