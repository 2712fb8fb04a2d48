package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.incipit.cli.audiofile.AudioFolders;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files that a command is about, {@code FILE… [--recursive] [--threads N]}. */
final class AudioFiles {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Audio files.")
  private List<Path> files = List.of();

  @Option(
      names = "--recursive",
      description = "A folder stands for the audio files below it, known by their names.")
  private boolean recursive;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.Threads.class,
      description = "Files that are decoded at a time, default one for each core.")
  private int threads = Runtime.getRuntime().availableProcessors();

  List<Path> paths() throws IOException {
    return recursive ? AudioFolders.expanded(files) : files;
  }

  int threads() {
    return threads;
  }
}
