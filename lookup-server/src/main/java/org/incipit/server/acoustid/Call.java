package org.incipit.server.acoustid;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request as endpoints see it. One thread. */
final class Call {
  private final Arguments arguments;
  private final String address;
  private final boolean isForeign;
  private final RateLimits limits;
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
   */
  Call(Arguments arguments, String address, boolean isForeign, RateLimits limits) {
    this.arguments = arguments;
    this.address = address;
    this.isForeign = isForeign;
    this.limits = limits;
  }

  Arguments arguments() {
    return arguments;
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
