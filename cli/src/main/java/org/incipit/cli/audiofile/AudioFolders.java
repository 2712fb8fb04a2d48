package org.incipit.cli.audiofile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the audio files in folders, by what their names end in. */
public final class AudioFolders {
  private static final Set<String> ENDINGS =
      Set.of(
          "aac", "ac3", "aif", "aifc", "aiff", "alac", "ape", "asf", "au", "dsf", "dff", "flac",
          "m4a", "m4b", "mka", "mp2", "mp3", "mp4", "mpc", "oga", "ogg", "opus", "snd", "spx",
          "tak", "tta", "wav", "webm", "wma", "wv");

  private AudioFolders() {}

  /** The same list, with each folder replaced by the audio files below it, sorted. */
  public static List<Path> expanded(List<Path> named) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> below = Files.walk(path)) {
        below
            .filter(AudioFolders::isAudio)
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  private static boolean isAudio(Path path) {
    String name = String.valueOf(path.getFileName());
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
