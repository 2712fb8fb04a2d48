package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.incipit.server.index.catalog.IndexPlace;
import org.incipit.server.index.check.IndexFigures;
import org.incipit.server.index.check.StoredIndex;
import org.incipit.server.index.file.DamageSink;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.segment.LiveContent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code incipit index stats DIR}. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    description = "Print segments, documents, postings, bytes per posting, longest lists.")
final class IndexStatsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A data directory, or the folder of one index.")
  private Path directory = Path.of("");

  @Option(
      names = "--longest",
      paramLabel = "N",
      defaultValue = "10",
      converter = Numbers.AnyWhole.class,
      description = "How many of the longest lists (default ${DEFAULT-VALUE}).")
  private int longest;

  @Override
  public Integer call() throws IOException {
    try (IndexPlace place = IndexPlace.open(directory, DamageSink.THROW)) {
      for (Map.Entry<String, Path> index : place.folders().entrySet()) {
        try (StoredIndex stored = StoredIndex.open(FileDisk.INSTANCE, index.getValue())) {
          print(index.getKey(), stored.figures(longest));
        }
      }
    }
    return 0;
  }

  private static void print(String name, IndexFigures figures) {
    LiveContent live = figures.live();
    System.out.printf("index              %s%n", name);
    System.out.printf("version            %s%n", Long.toUnsignedString(figures.version()));
    System.out.printf("documents          %d%n", live.documents());
    System.out.printf("postings           %d%n", live.postings());
    System.out.printf("hashes             %d%n", live.hashes());
    System.out.printf("segment bytes      %d%n", figures.bytes());
    System.out.printf("bytes per posting  %.3f%n", figures.bytesPerPosting());
    for (IndexFigures.PartFigures part : figures.parts()) {
      System.out.printf(
          "%s  documents %d  postings %d  bytes %d  commits %d-%d%n",
          part.file().isEmpty() ? "log" : part.file(),
          part.documents(),
          part.postings(),
          part.bytes(),
          part.commits().first(),
          part.commits().last());
    }
    for (LiveContent.HashList list : live.longest()) {
      System.out.printf(
          "hash %s  documents %d%n", Integer.toUnsignedString(list.hash()), list.length());
    }
  }
}
