package org.incipit.server.http.netty;

import java.util.List;

/**
 * Pipelined requests that a virtual thread answers one after the other, without asking the loop in
 * between. It ends with the first that ends the connection or goes on elsewhere, and where the loop
 * has claimed the next.
 */
record Chain(List<Exchange> exchanges) implements Runnable {
  private static final Thread.Builder THREADS =
      Thread.ofVirtual().inheritInheritableThreadLocals(false);

  /** Starts a thread for them; the first is claimed. */
  static void start(List<Exchange> exchanges) {
    var _ = THREADS.start(new Chain(exchanges));
  }

  @Override
  public void run() {
    Exchange before = exchanges.getFirst();
    before.run();
    for (int i = 1; i < exchanges.size() && before.leadsOn(); i++) {
      Exchange next = exchanges.get(i);
      if (!next.claim()) {
        return;
      }
      next.time().begin(System.nanoTime());
      next.run();
      before = next;
    }
  }
}
