package org.incipit.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.transfer.DocumentReader;
import org.incipit.server.index.transfer.IndexLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code incipit index load DIR}. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Insert documents that export wrote, in either form, each in place of one with its id.",
      "If the file is damaged, what came before the damage is in the index."
    })
final class IndexLoadCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "A data directory; it and the index are made if they are not there.")
  private Path directory = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where from; default standard input.")
  private @Nullable Path file;

  @Mixin private TargetIndex target = new TargetIndex();

  @Override
  public Integer call() throws IOException {
    target.requireIn(directory);
    try (InputStream in =
            file == null ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(file);
        DocumentReader documents = DocumentReader.of(in);
        IndexCatalog catalog = IndexCatalog.open(directory, IndexConfig.DEFAULT)) {
      catalog.create(target.name(), false, OptionalLong.empty());
      try (IndexLease lease = catalog.lease(target.name())) {
        Progress progress = new Progress(System.err, "documents loaded");
        long count = IndexLoader.load(documents, lease.index(), progress::reached);
        System.out.printf("%d documents loaded into index %s%n", count, target.name());
      }
    }
    return 0;
  }
}
