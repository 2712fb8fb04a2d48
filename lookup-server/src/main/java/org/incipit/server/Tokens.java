package org.incipit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tokens of those who may write, from a file: one a line; empty lines and those that begin with
 * {@code #} count for nothing. Any thread.
 */
final class Tokens implements Supplier<Set<String>> {
  private final Optional<Path> file;
  private volatile Set<String> tokens;

  /** Reads the file; without one there are no tokens, and everybody may write. */
  Tokens(Optional<Path> file) throws IOException {
    this.file = file;
    tokens = read();
  }

  /**
   * Reads the file again.
   *
   * @throws IOException if it cannot be read or has no tokens; what was read before stays
   */
  void reload() throws IOException {
    tokens = read();
  }

  private Set<String> read() throws IOException {
    if (file.isEmpty()) {
      return Set.of();
    }
    Set<String> read =
        Files.readAllLines(file.get()).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.toUnmodifiableSet());
    if (read.isEmpty()) {
      // An empty file must not open to all what it is there to protect.
      throw new IOException("there is no token in " + file.get());
    }
    return read;
  }

  @Override
  public Set<String> get() {
    return tokens;
  }

  boolean areNeeded() {
    return !tokens.isEmpty();
  }
}
