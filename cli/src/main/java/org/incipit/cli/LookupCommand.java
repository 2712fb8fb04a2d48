package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.incipit.cli.audiofile.FileFingerprint;
import org.incipit.server.DirectLookup;
import org.incipit.server.ScoreRule;
import org.incipit.server.acoustid.client.AcoustidClient;
import org.incipit.server.acoustid.client.Entry;
import org.incipit.server.acoustid.client.LookupResult;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.index.file.DirectoryInUseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code incipit lookup FILE…}. */
@Command(
    name = "lookup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Ask a server, or a data directory, whose recordings these files are.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:every file was found", " 1:some were not", " 2:errors; others were done"})
final class LookupCommand implements Callable<Integer> {
  private static final String ACOUSTID_ORG = "https://api.acoustid.org";
  private static final Logger LOG = Logger.getLogger("org.incipit.server");
  private static final int NOT_FOUND = 1;
  private static final int FAILED = 2;

  @Mixin private AudioFiles files = new AudioFiles();
  @Mixin private ServiceOptions service = new ServiceOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Ask this data directory instead, which no server has.")
  private @Nullable Path directory;

  @Mixin private DatabaseOptions database = new DatabaseOptions();

  @Option(
      names = "--score",
      paramLabel = "RULE",
      description = "With --dir, how similar becomes a score: compare2 (default) or acoustid.")
  private @Nullable ScoreRule score;

  @Option(
      names = "--acoustid",
      description = "Ask acoustid.org, at most three times a second; needs --client.")
  private boolean acoustid;

  @Option(
      names = "--meta",
      paramLabel = "WORDS",
      defaultValue = "recordings usermeta",
      description = "What to ask about tracks (default ${DEFAULT-VALUE}).")
  private String meta = "";

  @Option(names = "--json", description = "A JSON object for each file, one a line.")
  private boolean json;

  @Option(
      names = "--min-score",
      paramLabel = "SCORE",
      defaultValue = "0",
      converter = Numbers.Score.class,
      description = "Below it a track does not count as found, 0 to 1 (default ${DEFAULT-VALUE}).")
  private double minScore;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      converter = Numbers.Count.class,
      description = "Tracks for each file at most (default ${DEFAULT-VALUE}).")
  private int limit;

  private int exit;

  @Override
  public Integer call() throws IOException {
    try (AcoustidClient client = client()) {
      FileBatches.run(
          files, LookupCommand::entry, entries -> client.lookup(entries, meta), this::report);
    }
    return exit;
  }

  private AcoustidClient client() throws IOException {
    if (directory == null) {
      if (database.url() != null || score != null) {
        throw new ParameterException(
            spec.commandLine(), (score == null ? "--database" : "--score") + " needs --dir DIR");
      }
      return service.connect(acoustid ? service.account(ACOUSTID_ORG, "") : service.account(""));
    }
    if (acoustid || service.isServerGiven()) {
      throw new ParameterException(spec.commandLine(), "--dir needs no server: leave one out");
    }
    CatalogConfig catalogue = database.of(directory);
    LOG.setLevel(Level.WARNING);
    Progress progress = new Progress(System.err, "changes known to the index");
    try {
      return new AcoustidClient(
          service.account(""),
          DirectLookup.open(
              catalogue, score == null ? ScoreRule.COMPARE2 : score, progress::reached));
    } catch (DirectoryInUseException e) {
      throw new IOException(e.getMessage() + ": if that is a server, ask it with --server URL", e);
    }
  }

  private static Entry entry(Path file) throws IOException {
    FileFingerprint fingerprint = FileFingerprint.of(file);
    return new Entry(fingerprint.seconds(), fingerprint.fingerprint());
  }

  private void report(FileOutcome<List<LookupResult>> outcome) throws IOException {
    List<LookupResult> all = outcome.value();
    if (all == null) {
      exit = FAILED;
      outcome.tellFailure(json);
      return;
    }
    List<LookupResult> found =
        all.stream().filter(result -> result.score() >= minScore).limit(limit).toList();
    if (found.isEmpty()) {
      exit = Math.max(exit, NOT_FOUND);
    }
    if (json) {
      line(outcome.file(), found);
    } else {
      table(outcome.file(), found);
    }
  }

  private static void line(Path file, List<LookupResult> found) throws IOException {
    new JsonLines(System.out)
        .line(to -> {
          to.writeStringField("file", file.toString());
          to.writeStringField("status", found.isEmpty() ? "not found" : "found");
          to.writeArrayFieldStart("results");
          for (LookupResult result : found) {
            result.json().write(to);
          }
          to.writeEndArray();
        });
  }

  private static void table(Path file, List<LookupResult> found) {
    println(found.isEmpty() ? file + ": not found" : file.toString());
    for (LookupResult result : found) {
      println("  " + String.format(Locale.ROOT, "%.3f", result.score()) + "  " + result.id());
      for (LookupResult.Recording recording : result.recordings()) {
        println("         " + row(recording));
      }
    }
    System.out.flush();
  }

  private static void println(String line) {
    System.out.println(Printable.of(line));
  }

  private static String row(LookupResult.Recording recording) {
    String artists = recording.artists().isEmpty() ? "?" : recording.artists();
    String title = recording.title().isEmpty() ? "?" : recording.title();
    String named = artists.equals(title) ? "" : artists + " - " + title;
    return recording.id().isEmpty() || named.isEmpty()
        ? recording.id() + named
        : recording.id() + "  " + named;
  }
}
