package org.incipit.server.fpindex;

import java.io.IOException;
import java.util.OptionalLong;
import org.incipit.server.http.HttpError;
import org.incipit.server.index.Index;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;

/** What is done with single documents. */
final class DocumentOperations {
  private final ServiceMetrics metrics;
  private final Room changes;

  /**
   * Of any index.
   *
   * @param changes for all that are under way
   */
  DocumentOperations(ServiceMetrics metrics, Room changes) {
    this.metrics = metrics;
    this.changes = changes;
  }

  void put(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.leaseToWrite();
        ChangesShare share = new ChangesShare(changes)) {
      int id = exchange.writtenId();
      int[] hashes = UpdateRequest.readHashes(exchange.body(), share);
      update(exchange, lease.index(), new Change.Insert(id, hashes));
    }
  }

  void delete(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.leaseToWrite()) {
      update(exchange, lease.index(), new Change.Delete(exchange.writtenId()));
    }
  }

  private void update(Exchange exchange, Index index, Change change)
      throws IOException, Refusal, HttpError {
    Storage.call(() -> index.update(Batch.of(change)));
    metrics.of(exchange.name()).updated();
    exchange.send(new Answer.Done());
  }

  /** The version of the index when the document was changed last; HEAD asks whether it is there. */
  void get(Exchange exchange) throws IOException, Refusal, HttpError {
    try (IndexLease lease = exchange.lease()) {
      OptionalLong version = lease.index().get(exchange.id());
      if (version.isEmpty()) {
        throw new Refusal(Refusal.Name.FINGERPRINT_NOT_FOUND, "there is no such document");
      }
      exchange.send(new Answer.Version(version.getAsLong()));
    }
  }
}
