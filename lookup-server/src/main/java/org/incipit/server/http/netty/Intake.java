package org.incipit.server.http.netty;

import java.io.IOException;
import java.io.InputStream;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Route;
import org.incipit.server.http.RunsOn;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as its connection sees it: what has come of it, what it takes of the memory
 * for all bodies, and whether the rest is worth waiting for. Changed on the loop; handlers' threads
 * only look.
 */
final class Intake {
  /** Bytes that nobody reads for which a connection is worth keeping. */
  private static final long WORTH_DRAINING = 256 << 10;

  /** Bodies that are there with their heads are not streamed, up to this length. */
  private static final long AT_HAND = 16 << 10;

  private final RequestBody body;
  private final boolean atHand;
  private final boolean streamed;
  private final @Nullable BodyShare share;
  private final long max;
  private final long maxUnpacked;
  private final long announced;
  private volatile long received;
  private volatile boolean complete;
  private volatile boolean continuePending;
  private long dropped;
  private boolean noRoom;
  private boolean answered;

  /**
   * Nothing has come yet.
   *
   * @param available bytes behind the head that are there already
   */
  Intake(
      Exchange exchange,
      RequestHead head,
      Route route,
      HttpLimits limits,
      BodyMemory memory,
      int available) {
    boolean own = route.maxBodyBytes() > 0;
    max = own ? route.maxBodyBytes() : limits.maxBodyBytes();
    maxUnpacked = own ? max : limits.maxUnpackedBytes();
    announced = head.contentLength();
    complete = !head.hasBody();
    continuePending = head.expectsContinue();
    share = complete ? null : new BodyShare(memory);
    atHand =
        announced > 0
            && announced <= Math.min(available, Math.min(max, AT_HAND))
            && !continuePending;
    streamed = !complete && route.runsOn() == RunsOn.VIRTUAL && !atHand;
    if (complete) {
      body = WholeBody.EMPTY;
    } else if (streamed) {
      body = new StreamedBody(exchange, max, continuePending, memory);
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

  /** Bytes that it may have when it is unpacked. */
  long maxUnpacked() {
    return maxUnpacked;
  }

  /** Whether it is not taken: it is, or was announced to be, too long, or there is no room. */
  boolean isRefused() {
    return noRoom || isTooLong();
  }

  private boolean isTooLong() {
    return Math.max(announced, received) > max;
  }

  /** It is its turn: what was announced of it must find room. */
  void ask() {
    noRoom |= share != null && body instanceof WholeBody && announced - received > share.free();
  }

  /** Lets go of what has come of it; the answer to who asks for it. */
  HttpError refuse() {
    body.fail(new ConnectionException("the body is refused"));
    if (share != null) {
      share.empty();
    }
    return isTooLong()
        ? new HttpError(413, "body is longer than " + max + " bytes")
        : BodyShare.noRoom();
  }

  /** Notes bytes that have come. */
  void receive(int bytes) {
    continuePending = false;
    long sum = received + bytes;
    received = sum;
    if (share != null && body instanceof WholeBody whole && !answered && !isRefused()) {
      int growth = whole.growth(bytes);
      noRoom = growth > 0 && !share.take(growth);
    }
  }

  /** Reads what is unpacked of it, or comes while it is read. In the thread of the handler. */
  byte[] gather(InputStream in) throws IOException, HttpError {
    return share == null ? in.readAllBytes() : share.gather(in);
  }

  /** The handler is to run. */
  void hold() {
    if (share != null) {
      share.hold();
    }
  }

  /** The handler has returned, or never runs. Any thread. */
  void letGo() {
    if (share != null) {
      share.letGo();
    }
  }

  /** The request is answered, or never will be. */
  void answered() {
    if (!answered) {
      answered = true;
      if (share != null) {
        share.answered();
      }
    }
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
