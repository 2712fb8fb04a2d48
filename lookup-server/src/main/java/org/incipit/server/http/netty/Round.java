package org.incipit.server.http.netty;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * What a loop does for connections when it has dealt with all that has come and all that was handed
 * to it: handlers are started together, and answers flushed together. On the loop.
 */
final class Round implements Runnable {
  private final EventLoop loop;
  private List<Dispatch> dispatches = new ArrayList<>();
  private List<Dispatch> ending = new ArrayList<>();

  Round(EventLoop loop) {
    this.loop = loop;
  }

  /** Has {@link Dispatch#end} called once. */
  void add(Dispatch dispatch) {
    if (dispatches.isEmpty()) {
      loop.execute(this);
    }
    dispatches.add(dispatch);
  }

  @Override
  public void run() {
    List<Dispatch> these = dispatches;
    dispatches = ending;
    ending = these;
    for (int i = 0; i < these.size(); i++) {
      these.get(i).end();
    }
    these.clear();
  }
}
