package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The body that is coming, for a handler or, if the request is answered, for nobody. On the loop.
 */
final class Arrival {
  private final HttpConnection connection;
  private final Turns turns;
  private @Nullable Exchange exchange;

  Arrival(HttpConnection connection, Turns turns) {
    this.connection = connection;
    this.turns = turns;
  }

  /** Whose body comes, answered or not. */
  @Nullable Exchange exchange() {
    return exchange;
  }

  boolean isUnderWay() {
    return exchange != null;
  }

  void begin(Exchange of) {
    exchange = of;
  }

  void forget() {
    exchange = null;
  }

  void add(HttpContent content) {
    ByteBuf bytes = content.content();
    Exchange to = exchange;
    if (to == null) {
      bytes.release();
      return;
    }
    Intake intake = to.intake();
    int length = bytes.readableBytes();
    to.receive(length);
    boolean wanted = turns.isOpen(to);
    if (wanted && (intake.isStreamed() || !intake.isRefused())) {
      intake.body().add(bytes);
    } else {
      bytes.release();
      intake.drop(length);
      if (wanted && !to.isBodyRefused()) {
        to.refuseBody();
        if (to == turns.current()) {
          connection.run(to);
        }
      }
      if (!wanted && intake.isNotWorthDraining()) {
        connection.close();
        return;
      }
    }
    if (content instanceof LastHttpContent) {
      exchange = null;
      end(to, wanted);
    }
  }

  private void end(Exchange of, boolean wanted) {
    of.endBody();
    if (!wanted) {
      connection.advance();
    } else if (of == turns.current() && !of.intake().isStreamed() && !of.isBodyRefused()) {
      connection.run(of);
    }
  }
}
