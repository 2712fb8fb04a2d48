package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.incipit.cli.audiofile.FileFingerprint;
import org.incipit.decoder.TagReader;
import org.incipit.server.FileFailure;
import org.incipit.server.acoustid.client.Account;
import org.incipit.server.acoustid.client.AcoustidClient;
import org.incipit.server.acoustid.client.Entry;
import org.incipit.server.acoustid.client.SubmissionState;
import org.incipit.server.acoustid.client.SubmissionWait;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code incipit submit FILE…}. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tell a server of these files: their fingerprints and what their tags say.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:every file was taken, with --wait imported",
      " 1:some were rejected, or were not imported in time",
      " 2:errors; others were done"
    })
final class SubmitCommand implements Callable<Integer> {
  private static final int NOT_IMPORTED = 1;
  private static final int FAILED = 2;
  private static final Pattern VENDOR = Pattern.compile("[0-9a-z]+");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private AudioFiles files = new AudioFiles();
  @Mixin private ServiceOptions service = new ServiceOptions();

  @Option(
      names = "--user",
      paramLabel = "KEY",
      defaultValue = "incipit",
      description = "Key of the user who submits, needed where a server does not take any.")
  private String user = "";

  @Option(
      names = "--foreign-id-from-path",
      paramLabel = "VENDOR",
      defaultValue = "",
      description = "Also submit each file's path, as the foreign id VENDOR:PATH.")
  private String vendor = "";

  @Option(names = "--wait", description = "Wait until submissions are imported, or rejected.")
  private boolean wait;

  @Option(
      names = "--wait-timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = Numbers.AnyWhole.class,
      description = "For --wait, after the last file (default ${DEFAULT-VALUE}).")
  private int waitSeconds;

  @Option(names = "--json", description = "A JSON object for each file, one a line.")
  private boolean json;

  private final List<FileOutcome<SubmissionState>> taken = new ArrayList<>();
  private int exit;

  @Override
  public Integer call() throws IOException {
    if (!vendor.isEmpty() && !VENDOR.matcher(vendor).matches()) {
      throw new ParameterException(
          spec.commandLine(), "--foreign-id-from-path: a vendor has only 0-9 and a-z: " + vendor);
    }
    Account account = service.account(user);
    try (AcoustidClient client = service.connect(account)) {
      FileBatches.run(files, this::entry, client::submit, wait ? taken::add : this::report);
      if (wait) {
        awaitTaken(client);
      }
    }
    return exit;
  }

  /** What was taken is told whether or not the server says how far it is. */
  private void awaitTaken(AcoustidClient client) throws IOException {
    SubmissionWait waiting = new SubmissionWait(client::status, waitSeconds);
    try {
      waiting.await(taken.stream().map(FileOutcome::value).filter(Objects::nonNull).toList());
    } catch (IOException e) {
      exit = FAILED;
      FileOutcome.tell("cannot tell how far submissions are: " + FileFailure.describe(e));
    }
    for (FileOutcome<SubmissionState> outcome : taken) {
      SubmissionState state = outcome.value();
      report(
          state == null ? outcome : new FileOutcome<>(outcome.file(), waiting.latest(state), null));
    }
  }

  private Entry entry(Path file) throws IOException {
    FileFingerprint fingerprint = FileFingerprint.of(file);
    return new Entry(
        fingerprint.seconds(),
        fingerprint.fingerprint(),
        SubmittedFields.of(file, fingerprint.format(), TagReader.read(file), vendor));
  }

  private void report(FileOutcome<SubmissionState> outcome) throws IOException {
    SubmissionState state = outcome.value();
    if (state == null) {
      exit = FAILED;
      outcome.tellFailure(json);
      return;
    }
    if (wait && !state.isImported()) {
      exit = Math.max(exit, NOT_IMPORTED);
    }
    if (json) {
      line(outcome.file(), state);
    } else {
      String more = state.track().isEmpty() ? state.reason() : state.track();
      String line = outcome.file() + ": " + state.status() + (more.isEmpty() ? "" : ": " + more);
      System.out.println(Printable.of(line));
      System.out.flush();
    }
  }

  private static void line(Path file, SubmissionState state) throws IOException {
    new JsonLines(System.out)
        .line(to -> {
          to.writeStringField("file", file.toString());
          to.writeStringField("status", state.status());
          to.writeNumberField("submission", state.id());
          if (!state.track().isEmpty()) {
            to.writeStringField("track", state.track());
          }
          if (!state.reason().isEmpty()) {
            to.writeStringField("reason", state.reason());
          }
        });
  }
}
