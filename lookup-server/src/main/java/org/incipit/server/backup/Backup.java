package org.incipit.server.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.CatalogCopy;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.jspecify.annotations.Nullable;

/** Makes backups of data directories, and directories of backups. */
public final class Backup {
  private static final String INDEXES = "indexes";
  private static final Pattern SNAPSHOT = Pattern.compile(INDEXES + "/(.+)\\.snapshot");

  private Backup() {}

  /**
   * Makes a backup. Submissions, updates and lookups may go on meanwhile.
   *
   * @param from the catalogue; none of a directory that has only indexes
   * @param indexes of the directory
   * @param to a folder that is not there, or empty
   * @param progress told what is next
   */
  public static void make(
      CatalogConfig from, IndexSource indexes, Path to, Consumer<String> progress)
      throws IOException {
    try (NewFolder folder = new NewFolder(to)) {
      List<BackupManifest.Item> files = new ArrayList<>();
      Files.createDirectories(folder.path().resolve(INDEXES));
      for (String name : indexes.names()) {
        progress.accept("index " + name);
        String file = INDEXES + "/" + name + ".snapshot";
        if (copy(indexes, name, folder.path().resolve(file))) {
          files.add(Checksum.of(folder.path(), file));
        } else {
          progress.accept("index " + name + " is left out, there is none that is whole");
        }
      }
      Map<String, Long> rows = Map.of();
      if (from.url() != null || Files.exists(from.directory().resolve(CatalogConfig.FILE))) {
        progress.accept("catalogue");
        rows = CatalogCopy.copy(from, CatalogConfig.in(folder.path()));
        files.add(Checksum.of(folder.path(), CatalogConfig.FILE));
      }
      new BackupManifest(rows, files).write(folder.path());
      folder.complete(BackupManifest.NAME);
    }
  }

  private static boolean copy(IndexSource indexes, String name, Path to) throws IOException {
    boolean copied;
    try (FileChannel out =
        FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      copied = indexes.copy(name, out);
    }
    if (!copied) {
      Files.delete(to);
    }
    return copied;
  }

  /**
   * Makes a directory of a backup, once all of the backup is verified.
   *
   * @param to a folder that is not there, or empty
   * @param url of an empty database in PostgreSQL that gets the catalogue; null for the directory
   * @param progress told what is next
   * @throws IOException if the backup is not whole
   */
  public static void restore(Path from, Path to, @Nullable String url, Consumer<String> progress)
      throws IOException {
    BackupManifest manifest = BackupManifest.read(from);
    for (BackupManifest.Item item : manifest.files()) {
      progress.accept("verifying " + item.file());
      if (!Checksum.of(from, item.file()).equals(item)) {
        throw new IOException(from.resolve(item.file()) + " is damaged: its checksum is another");
      }
    }
    try (NewFolder folder = new NewFolder(to)) {
      try (IndexCatalog indexes = IndexCatalog.open(folder.path(), IndexConfig.DEFAULT)) {
        for (BackupManifest.Item item : manifest.files()) {
          Matcher snapshot = SNAPSHOT.matcher(item.file());
          if (snapshot.matches()) {
            progress.accept("index " + snapshot.group(1));
            try (FileChannel in =
                FileChannel.open(from.resolve(item.file()), StandardOpenOption.READ)) {
              indexes.restore(snapshot.group(1), OptionalLong.empty(), in);
            }
          }
        }
      }
      if (manifest.hasCatalogue()) {
        progress.accept("catalogue");
        restoreCatalogue(manifest, from, folder.path(), url);
      }
      folder.complete(CatalogConfig.FILE);
    }
  }

  /** The backup itself is never opened as a database, which would write to it. */
  private static void restoreCatalogue(
      BackupManifest manifest, Path from, Path to, @Nullable String url) throws IOException {
    Path file = to.resolve(CatalogConfig.FILE);
    Files.copy(from.resolve(CatalogConfig.FILE), file, StandardCopyOption.COPY_ATTRIBUTES);
    manifest.requireRows(CatalogCopy.rows(file));
    if (url != null) {
      CatalogCopy.copy(
          CatalogConfig.in(to), new CatalogConfig(to, url, CatalogConfig.Limits.DEFAULT));
      Files.delete(file);
    }
    // What reading the file has left.
    for (String end : List.of("-wal", "-shm")) {
      Files.deleteIfExists(to.resolve(CatalogConfig.FILE + end));
    }
  }
}
