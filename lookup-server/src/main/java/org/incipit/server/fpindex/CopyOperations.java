package org.incipit.server.fpindex;

import java.io.IOException;
import java.util.OptionalLong;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.index.Index;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;

/** Streams whole indexes out and in. On virtual threads. */
final class CopyOperations {
  private final IndexCatalog catalog;

  CopyOperations(IndexCatalog catalog) {
    this.catalog = catalog;
  }

  /** Streams an index as it is now. The connection is cut if that fails half-way. */
  void snapshot(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      Index index = lease.index();
      exchange.response().header("Content-Type", "application/octet-stream");
      if (exchange.request().method() == Method.HEAD) {
        // The head alone, chunked as GET's.
        exchange.response().output().flush();
        return;
      }
      OutputChannel channel = new OutputChannel(exchange.response());
      try {
        index.snapshot(channel);
      } catch (IOException e) {
        if (channel.hasBegun()) {
          throw e;
        }
        throw Refusal.of(e);
      }
      channel.close();
    }
  }

  /**
   * Makes an index of what {@link #snapshot} has streamed. There must be none of that name; nobody
   * can use it until all has come and was verified. {@code ?generation=N} chooses its generation.
   */
  void restore(Exchange exchange) throws IOException, Refusal, HttpError {
    String name = exchange.name();
    IndexOperations.requireName(name);
    OptionalLong generation = generation(exchange);
    InputChannel channel = new InputChannel(exchange.request().input());
    try {
      catalog.restore(name, generation, channel);
    } catch (IOException e) {
      if (channel.hasFailed()) {
        throw e;
      }
      throw Refusal.of(e);
    }
    exchange.send(IndexOperations.created(exchange));
  }

  private static OptionalLong generation(Exchange exchange) throws HttpError {
    return exchange.request().query().first("generation") == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            exchange.request().query().integer("generation", 1, 999_999_999_999_999_999L));
  }
}
