package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.store.CatalogConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The catalogue that a command works on, {@code --dir DIR} or {@code --database URL}. */
final class CataloguePlace {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory (default ${DEFAULT-VALUE}).")
  private Path directory = Path.of("");

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  /** Opens it, or makes one; a server may have it open, too. */
  Catalog openOrMake() throws IOException {
    CatalogConfig config = database.of(directory);
    if (config.url() == null) {
      Files.createDirectories(directory);
    }
    return Catalog.open(config);
  }

  /** Opens what is there. */
  Catalog open() throws IOException {
    CatalogConfig config = database.of(directory);
    if (config.url() == null && !Files.exists(directory.resolve(CatalogConfig.FILE))) {
      throw new IOException(directory + " holds no catalogue");
    }
    return Catalog.open(config);
  }
}
