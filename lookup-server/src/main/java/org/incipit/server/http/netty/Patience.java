package org.incipit.server.http.netty;

import java.util.concurrent.TimeUnit;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.HttpLimits;

/** How long a connection may take for what it is doing. On its loop. */
final class Patience extends Patient {
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final HttpConnection connection;
  private final HttpLimits limits;
  private final Sweep sweep;
  private final WriteProgress progress;
  private long idleSince;
  private long headSince;
  private boolean inHead;
  private long lingerSince;
  private boolean lingering;

  Patience(HttpConnection connection, HttpLimits limits, Sweep sweep) {
    this.connection = connection;
    this.limits = limits;
    this.sweep = sweep;
    this.progress = new WriteProgress(connection.channel());
  }

  void start() {
    idleSince = System.nanoTime();
    sweep.add(this);
  }

  void stop() {
    sweep.remove(this);
  }

  void headBegun() {
    if (!inHead) {
      inHead = true;
      headSince = System.nanoTime();
    }
  }

  void headEnded() {
    inHead = false;
  }

  void begin(Exchange exchange) {
    exchange.time().begin(System.nanoTime());
  }

  void answered() {
    idleSince = System.nanoTime();
  }

  void linger() {
    lingering = true;
    lingerSince = System.nanoTime();
  }

  @Override
  void check(long now) {
    Exchange exchange = connection.current();
    boolean writing = progress.isWriting(now);
    boolean stalled = progress.isStalled(now, limits.writeTimeout().toNanos());
    if (stalled || (lingering && !writing && now - lingerSince > LINGER_NANOS)) {
      connection.close();
    } else if (exchange != null) {
      if (exchange.time().isLate(now) && !exchange.isLeaving()) {
        expire(exchange);
      }
    } else if (lingering) {
      return;
    } else if (connection.decoder().isInHead()) {
      headBegun();
      if (now - headSince > limits.headTimeout().toNanos()) {
        connection.refuse(null, new Malformed(408, "the head took too long"));
      }
    } else if (connection.isReceiving()) {
      if (now - idleSince > limits.headTimeout().toNanos()) {
        connection.close();
      }
    } else if (writing) {
      idleSince = now;
    } else if (now - idleSince > limits.idleTimeout().toNanos()) {
      connection.close();
    }
  }

  private void expire(Exchange exchange) {
    HttpError late =
        exchange.intake().isComplete()
            ? exchange.route().errors().late()
            : new HttpError(408, "the body took too long");
    connection.refuse(exchange, new Malformed(late.status(), late.text()));
  }
}
