package org.incipit.server.acoustid;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request as endpoints see it. One thread. */
final class Call {
  private final Arguments arguments;
  private final String address;
  private final boolean isForeign;
  private final RateLimits limits;
  private final LongAnswers.Turn turn;
  private boolean isCharged;

  /** Answers requests: reads keys and parameters, is let through, works. */
  @FunctionalInterface
  interface Endpoint {
    Fields answer(Call call) throws ApiError, IOException;
  }

  /**
   * What was sent, and by whom.
   *
   * @param address whom it is from
   * @param isForeign whether a browser sends it for a page of another origin
   * @param turn of the answer, which is given back by whoever makes the call
   */
  Call(
      Arguments arguments,
      String address,
      boolean isForeign,
      RateLimits limits,
      LongAnswers.Turn turn) {
    this.arguments = arguments;
    this.address = address;
    this.isForeign = isForeign;
    this.limits = limits;
    this.turn = turn;
  }

  Arguments arguments() {
    return arguments;
  }

  /**
   * Waits for the turn of what may be a long answer, before anything is fetched for it.
   *
   * @throws org.incipit.server.lookup.IndexBusyException if there are too many of them
   */
  void answerMayBeLong() throws IOException {
    turn.take();
  }

  /** Whether a browser sends it for a page of another origin: its user may know nothing of it. */
  boolean isForeign() {
    return isForeign;
  }

  /**
   * Refuses what pages of other origins have a browser send.
   *
   * @throws ApiError 12
   */
  void requireOwn() throws ApiError {
    if (isForeign) {
      throw ApiError.notAllowed();
    }
  }

  /**
   * Counts it against its address, once; before anything is done for it that costs something.
   *
   * @throws ApiError 14
   */
  void charge() throws ApiError {
    if (!isCharged) {
      limits.charge(address);
      isCharged = true;
    }
  }

  /**
   * Goes on, if not too much is asked. The address comes first: who asks too much takes nothing
   * from others.
   *
   * @param application key; null if the endpoint needs none
   * @throws ApiError 14
   */
  void admit(@Nullable String application) throws ApiError {
    charge();
    limits.admit(application);
  }
}
