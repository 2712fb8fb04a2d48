package org.incipit.server.index.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.incipit.server.index.Index;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;

/** Puts documents into an index, many at a time. */
public final class IndexLoader {
  private static final int DOCUMENTS = 1000;
  private static final int HASHES = 1 << 24;

  private IndexLoader() {}

  /**
   * Inserts all documents, each in place of one with its id. If the stream is found damaged, what
   * came before is in the index.
   *
   * @param progress told after each batch how many documents are in the index
   * @return how many
   */
  public static long load(DocumentReader from, Index into, LongConsumer progress)
      throws IOException {
    List<Change> batch = new ArrayList<>();
    long documents = 0;
    long hashes = 0;
    for (Change.Insert next = from.next(); next != null; next = from.next()) {
      if (batch.size() == DOCUMENTS || hashes + next.hashes().length > HASHES) {
        documents += update(batch, into, progress, documents);
        hashes = 0;
      }
      batch.add(next);
      hashes += next.hashes().length;
    }
    return documents + update(batch, into, progress, documents);
  }

  private static int update(List<Change> batch, Index into, LongConsumer progress, long before)
      throws IOException {
    int size = batch.size();
    if (size > 0) {
      into.update(new Batch(batch, Map.of()));
      batch.clear();
      progress.accept(before + size);
    }
    return size;
  }
}
