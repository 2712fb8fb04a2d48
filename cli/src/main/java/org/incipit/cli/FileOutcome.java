package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.incipit.server.FileFailure;
import org.incipit.server.acoustid.client.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way through a command: either a value or why there is none.
 *
 * @param value null if it failed
 * @param failure null if it did not
 */
record FileOutcome<T>(Path file, @Nullable T value, @Nullable IOException failure) {
  /** Work on a file. */
  @FunctionalInterface
  interface Work<T> {
    T of(Path file) throws IOException;
  }

  /** Work whose failures are outcomes, too. */
  static <T> Function<Path, FileOutcome<T>> of(Work<T> work) {
    return file -> {
      try {
        return new FileOutcome<>(file, work.of(file), null);
      } catch (IOException e) {
        return new FileOutcome<>(file, null, e);
      }
    };
  }

  static <T> FileOutcome<T> of(Path file, Reply<T> reply) {
    return switch (reply) {
      case Reply.Answered<T>(T value) -> new FileOutcome<>(file, value, null);
      case Reply.Failed<T>(IOException cause) -> new FileOutcome<>(file, null, cause);
    };
  }

  /** Says why there is no value: as a line of JSON, or to people. */
  void tellFailure(boolean json) throws IOException {
    String reason = failure == null ? "no answer" : FileFailure.describe(failure);
    if (json) {
      new JsonLines(System.out).error(file, reason);
    } else {
      tell(file + ": " + reason);
    }
  }

  /** Says to people what went wrong. */
  static void tell(String failure) {
    System.err.println("ERROR: " + Printable.of(failure));
  }

  /** The same file, failed as before. */
  <R> FileOutcome<R> failed() {
    return new FileOutcome<>(file, null, failure);
  }
}
