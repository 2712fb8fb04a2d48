package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.incipit.cli.audiofile.InOrder;
import org.incipit.server.acoustid.client.AcoustidClient;
import org.incipit.server.acoustid.client.Entry;
import org.incipit.server.acoustid.client.Reply;

/** Makes entries of files on several threads, asks for a batch at a time, reports in order. */
final class FileBatches {
  private FileBatches() {}

  /** Where entries go. */
  @FunctionalInterface
  interface Service<T> {
    List<Reply<T>> ask(List<Entry> entries) throws IOException;
  }

  /** Who is told of each file. */
  @FunctionalInterface
  interface Report<T> {
    void file(FileOutcome<T> outcome) throws IOException;
  }

  /** Does all files. */
  static <T> void run(
      AudioFiles files, FileOutcome.Work<Entry> making, Service<T> service, Report<T> report)
      throws IOException {
    try (InOrder<Path, FileOutcome<Entry>> made =
        new InOrder<>(files.paths(), files.threads(), FileOutcome.of(making))) {
      List<FileOutcome<Entry>> batch = new ArrayList<>();
      while (made.hasNext()) {
        batch.add(made.next());
        if (batch.size() == AcoustidClient.MOST_ENTRIES || !made.hasNext()) {
          ask(batch, service, report);
          batch.clear();
        }
      }
    }
  }

  private static <T> void ask(List<FileOutcome<Entry>> batch, Service<T> service, Report<T> report)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (FileOutcome<Entry> made : batch) {
      Entry entry = made.value();
      if (entry != null) {
        entries.add(entry);
      }
    }
    Iterator<Reply<T>> replies = replies(entries, service).iterator();
    for (FileOutcome<Entry> made : batch) {
      report.file(
          made.value() == null ? made.failed() : FileOutcome.of(made.file(), replies.next()));
    }
  }

  private static <T> List<Reply<T>> replies(List<Entry> entries, Service<T> service) {
    try {
      return entries.isEmpty() ? List.of() : service.ask(entries);
    } catch (IOException e) {
      List<Reply<T>> failed = new ArrayList<>();
      entries.forEach(entry -> failed.add(new Reply.Failed<>(e)));
      return failed;
    }
  }
}
