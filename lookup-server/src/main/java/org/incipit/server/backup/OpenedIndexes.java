package org.incipit.server.backup;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexDamagedException;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.file.CorruptIndexException;

/** The indexes of a directory that nobody else has. */
public final class OpenedIndexes implements IndexSource {
  private final IndexCatalog catalog;

  /**
   * Opens all of them.
   *
   * @throws org.incipit.server.index.file.DirectoryInUseException if another process has them
   * @throws CorruptIndexException if one is damaged that cannot be made again
   */
  public OpenedIndexes(Path directory) throws IOException {
    catalog = IndexCatalog.open(directory, IndexConfig.DEFAULT);
    for (Map.Entry<String, CorruptIndexException> damaged : catalog.damaged().entrySet()) {
      if (!IndexCatalog.isReserved(damaged.getKey())) {
        catalog.close();
        throw damaged.getValue();
      }
    }
  }

  @Override
  public List<String> names() {
    return Stream.concat(catalog.names().stream(), catalog.damaged().keySet().stream())
        .sorted()
        .toList();
  }

  @Override
  public boolean copy(String name, WritableByteChannel to) throws IOException {
    try (IndexLease lease = catalog.lease(name)) {
      lease.index().snapshot(to);
      return true;
    } catch (IndexDamagedException | CorruptIndexException e) {
      return leavesOut(name, e);
    }
  }

  /** An index of the server's own is made again of what it is derived from. */
  private static boolean leavesOut(String name, IOException damage) throws IOException {
    if (!IndexCatalog.isReserved(name)) {
      throw damage;
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
