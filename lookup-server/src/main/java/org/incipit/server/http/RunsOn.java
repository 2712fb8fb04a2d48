package org.incipit.server.http;

/** Where a handler runs; said once, at its route. */
public enum RunsOn {
  /**
   * The event loop that reads the connection: for work with a small known bound that waits for
   * nothing and opens no file. The body is there when the handler is called, and what the handler
   * writes is held back until it returns; both are as long as {@link HttpLimits} allows at most.
   */
  EVENT_LOOP,

  /**
   * One of a few platform threads behind a bounded queue: for work that computes. When the queue is
   * full the answer is 503. Body and output as for {@link #EVENT_LOOP}.
   */
  COMPUTE,

  /**
   * A virtual thread: for work that waits. It is the handler's own but for requests pipelined
   * behind it, which it may answer afterwards. Body and output are streams, slowed down by the
   * other side.
   */
  VIRTUAL
}
