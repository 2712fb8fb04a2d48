package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.incipit.server.catalog.store.CatalogConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The database of a catalogue that is not in its data directory, {@code --database URL}. */
final class DatabaseOptions {
  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "Where the catalogue is, if not in DIR: jdbc:postgresql://USER@HOST/NAME")
  private @Nullable String url;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "The password of that user.")
  private @Nullable Path passwordFile;

  /** Its address, with the password; null if there is none. */
  @Nullable String url() throws IOException {
    return url == null || passwordFile == null
        ? url
        : CatalogConfig.withPassword(url, passwordFile);
  }

  /** The catalogue of a directory. */
  CatalogConfig of(Path directory) throws IOException {
    return new CatalogConfig(directory, url(), CatalogConfig.Limits.DEFAULT);
  }
}
