package org.incipit.server.http.netty;

import java.util.function.Consumer;
import org.incipit.server.http.Response.Outcome;
import org.jspecify.annotations.Nullable;

/** Tells those who want to know what became of an answer. Any thread. */
final class Ending {
  private @Nullable Consumer<Outcome> action;
  private @Nullable Outcome outcome;

  /** Has it called once, now if it is over. */
  void call(Consumer<Outcome> further) {
    Outcome known;
    synchronized (this) {
      known = outcome;
      if (known == null) {
        action = action == null ? further : action.andThen(further);
      }
    }
    if (known != null) {
      further.accept(known);
    }
  }

  /** It is over; only the first time counts. */
  void end(Outcome what) {
    Consumer<Outcome> waiting;
    synchronized (this) {
      if (outcome != null) {
        return;
      }
      outcome = what;
      waiting = action;
      action = null;
    }
    if (waiting != null) {
      waiting.accept(what);
    }
  }
}
