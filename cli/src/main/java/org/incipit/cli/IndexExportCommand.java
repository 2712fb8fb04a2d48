package org.incipit.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.incipit.server.index.catalog.IndexPlace;
import org.incipit.server.index.check.StoredIndex;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.transfer.DocumentWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code incipit index export DIR}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write all documents by ascending id, as lines of JSON or in a compact form.")
final class IndexExportCommand implements Callable<Integer> {
  private static final int POSTING_BYTES = 16;

  @Parameters(paramLabel = "DIR", description = "A data directory, or the folder of one index.")
  private Path directory = Path.of("");

  @Option(
      names = "--index",
      paramLabel = "NAME",
      description = "Which one of a data directory; needed if there are several.")
  private @Nullable String name;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      defaultValue = "jsonl",
      description = "One of ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private DocumentWriter.Form form = DocumentWriter.Form.JSONL;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to; default standard output.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    try (IndexPlace place = IndexPlace.open(directory, DamageSink.THROW);
        StoredIndex index = StoredIndex.open(FileDisk.INSTANCE, place.folder(name));
        OutputStream out = open();
        DocumentWriter writer = DocumentWriter.of(form, out)) {
      Progress progress = new Progress(System.err, "documents exported");
      long[] count = new long[1];
      index.documents(
          atOnce(),
          (id, hashes, hashCount) -> {
            writer.document(id, hashes, hashCount);
            progress.reached(++count[0]);
          });
      writer.finish();
    }
    return 0;
  }

  private OutputStream open() throws IOException {
    // Not System.out, which keeps errors to itself.
    return new BufferedOutputStream(
        file == null ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(file),
        1 << 16);
  }

  /** A quarter of the memory. */
  private static int atOnce() {
    long postings = Runtime.getRuntime().maxMemory() / 4 / POSTING_BYTES;
    return (int) Math.min(postings, 1 << 28);
  }
}
