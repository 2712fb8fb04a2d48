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

  /** Bodies that are there with their heads are not streamed, up to this length. */
  private static final long AT_HAND = 16 << 10;

  private final RequestBody body;
  private final boolean atHand;
  private final boolean streamed;
  private final long max;
  private final long announced;
  private volatile long received;
  private volatile boolean complete;
  private volatile boolean continuePending;
  private long dropped;

  /**
   * Nothing has come yet.
   *
   * @param available bytes behind the head that are there already
   */
  Intake(Exchange exchange, RequestHead head, Route route, HttpLimits limits, int available) {
    max = route.maxBodyBytes() > 0 ? route.maxBodyBytes() : limits.maxBodyBytes();
    announced = head.contentLength();
    complete = !head.hasBody();
    continuePending = head.expectsContinue();
    atHand =
        announced > 0
            && announced <= Math.min(available, Math.min(max, AT_HAND))
            && !continuePending;
    streamed = head.hasBody() && route.runsOn() == RunsOn.VIRTUAL && !atHand;
    if (!head.hasBody()) {
      body = WholeBody.EMPTY;
    } else if (streamed) {
      body = new StreamedBody(exchange, max, continuePending);
    } else {
      body = new WholeBody(announced);
    }
  }

  RequestBody body() {
    return body;
  }

  /** Whether all of it is there, or comes before anything else. */
  boolean isAtHand() {
    return atHand;
  }

  /** Whether its handler runs while it comes. */
  boolean isStreamed() {
    return streamed;
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
