package org.incipit.server.http.netty;

import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;

/** What handlers hand to the loop of their connection, which they may outlive. */
final class LoopWork {
  private LoopWork() {}

  /**
   * Has something done on the loop, later. Any thread.
   *
   * @return false if the loop has ended; then so has the connection, and whoever waited for it has
   *     been told
   */
  static boolean offer(Channel channel, Runnable work) {
    try {
      channel.eventLoop().execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }
}
