package org.incipit.server.fpindex;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.incipit.server.http.HttpError;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexInfo;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;

/** What is done with whole indexes, but for copying them. */
final class IndexOperations {
  private final IndexCatalog catalog;
  private final ServiceMetrics metrics;
  private final Room changes;

  /**
   * Over a catalog.
   *
   * @param changes for all that are under way
   */
  IndexOperations(IndexCatalog catalog, ServiceMetrics metrics, Room changes) {
    this.catalog = catalog;
    this.metrics = metrics;
    this.changes = changes;
  }

  /** Refuses a name that an index cannot have. */
  static void requireName(String name) throws Refusal {
    if (!IndexCatalog.isName(name)) {
      throw new Refusal(
          Refusal.Name.INVALID_INDEX_NAME, "the name must be 1..255 of A-Z a-z 0-9 _ -");
    }
    if (IndexCatalog.isReserved(name)) {
      throw new Refusal(Refusal.Name.INVALID_INDEX_NAME, "the name is reserved");
    }
  }

  void create(Exchange exchange) throws IOException, Refusal, HttpError {
    String name = exchange.name();
    requireName(name);
    Optional<BodyReader> body = exchange.optionalBody();
    CreateRequest request =
        body.isPresent() ? CreateRequest.read(body.get()) : CreateRequest.DEFAULT;
    Storage.call(() -> catalog.create(name, request.expectsNone(), request.generation()));
    exchange.send(created(exchange));
  }

  /** What is said of an index that was created or restored just now. */
  static Answer created(Exchange exchange) throws Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      return new Answer.Created(lease.index().info().version(), true, lease.generation());
    }
  }

  void delete(Exchange exchange) throws IOException, Refusal, HttpError {
    String name = exchange.name();
    Optional<BodyReader> body = exchange.optionalBody();
    DeleteRequest request =
        body.isPresent() ? DeleteRequest.read(body.get()) : DeleteRequest.DEFAULT;
    boolean isThere = catalog.names().contains(name) || catalog.damaged().containsKey(name);
    if (isThere && IndexCatalog.isReserved(name)) {
      // A damaged one is its owner's, too, who builds it anew.
      throw Exchange.readOnly();
    }
    boolean deleted = metrics.deleted(name, () -> catalog.delete(name, request.expectsOne()));
    exchange.send(new Answer.Deleted(deleted));
  }

  void info(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      exchange.send(new Answer.Info(lease.index().info()));
    }
  }

  void status(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      IndexInfo info = lease.index().info();
      exchange.send(new Answer.Status(lease.generation(), info.version(), info.fileVersion()));
    }
  }

  /** Whether there is one: an answer without a body. */
  void exists(Exchange exchange) throws Refusal, HttpError {
    exchange.lease().close();
  }

  void update(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.leaseToWrite();
        ChangesShare share = new ChangesShare(changes)) {
      Index index = lease.index();
      UpdateRequest request = UpdateRequest.read(exchange.body(), share);
      long version =
          Storage.call(
              () -> index.update(request.batch(), request.expectedVersion(), OptionalLong.empty()));
      metrics.of(exchange.name()).updated();
      exchange.send(new Answer.Version(version));
    }
  }
}
