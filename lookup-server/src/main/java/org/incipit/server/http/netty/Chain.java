package org.incipit.server.http.netty;

import java.util.Queue;
import java.util.concurrent.ThreadFactory;

/**
 * Pipelined requests that a virtual thread answers one after the other, without asking the loop in
 * between. It ends with the first that ends the connection or goes on elsewhere, and where the loop
 * has claimed the next.
 *
 * @param exchanges taken out as they run, so that nothing keeps the bodies of those that are
 *     answered
 */
record Chain(Queue<Exchange> exchanges) implements Runnable {
  private static final ThreadFactory THREADS =
      Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();

  /** Starts a thread for them; the first is claimed. */
  static void start(Queue<Exchange> exchanges) {
    THREADS.newThread(new Chain(exchanges)).start();
  }

  @Override
  public void run() {
    Exchange running = exchanges.remove();
    running.run();
    while (running.leadsOn() && !exchanges.isEmpty()) {
      running = exchanges.remove();
      if (!running.claim()) {
        return;
      }
      // What interrupts a handler is not meant for the next.
      var _ = Thread.interrupted();
      running.time().begin(System.nanoTime());
      running.run();
    }
  }
}
