package org.incipit.server.catalog.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The two stores of a catalogue, for tests that hold on both. */
public enum Store {
  SQLITE {
    @Override
    public CatalogConfig config(Path directory) {
      return CatalogConfig.in(directory);
    }
  },

  /** One server for all tests of the process. */
  POSTGRES {
    private final Map<Path, String> urls = new ConcurrentHashMap<>();

    @Override
    public CatalogConfig config(Path directory) {
      String url = urls.computeIfAbsent(directory, any -> newDatabase());
      return new CatalogConfig(directory, url, CatalogConfig.Limits.DEFAULT);
    }

    private static String newDatabase() {
      try {
        return PostgresServer.shared().newDatabase();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  /** A catalogue that belongs to a folder: for a new folder an empty one, for the same the same. */
  public abstract CatalogConfig config(Path directory);
}
