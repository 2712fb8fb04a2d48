package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.incipit.server.index.catalog.IndexPlace;
import org.incipit.server.index.check.IndexCheck;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.FileDisk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code incipit index check DIR}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Read everything and name every damage with file and position.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:no damage", " 1:damage", " 2:not readable, or in use"})
final class IndexCheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A data directory, or the folder of one index.")
  private Path directory = Path.of("");

  private int damages;

  @Override
  public Integer call() throws IOException {
    try (IndexPlace place = IndexPlace.open(directory, this::report)) {
      for (Map.Entry<String, Path> index : place.folders().entrySet()) {
        System.err.println("reading " + index.getValue() + " ...");
        IndexCheck.Content content =
            IndexCheck.check(FileDisk.INSTANCE, index.getValue(), this::report);
        System.out.printf(
            "%s: version %s, %d segments with %d documents and %d postings, %d commits in the log%n",
            index.getKey(),
            Long.toUnsignedString(content.version()),
            content.segments(),
            content.documents(),
            content.postings(),
            content.commits());
      }
    }
    System.out.println(damages == 0 ? "no damage" : "damaged: " + damages);
    return damages == 0 ? 0 : 1;
  }

  private void report(CorruptIndexException damage) {
    damages++;
    System.out.println(damage.getMessage());
  }
}
