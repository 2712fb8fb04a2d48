package org.incipit.testdata;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of test data. */
public final class TestData {
  private TestData() {}

  /**
   * A file below the folder, such as {@code golden/audio/syn-silence-10s.flac}.
   *
   * @throws IllegalStateException if the build did not say where the folder is, or it is not there
   */
  public static Path path(String relative) {
    String directory = System.getProperty("testdata.dir");
    if (directory == null) {
      throw new IllegalStateException("system property testdata.dir is not set");
    }
    Path path = Path.of(directory, relative);
    if (!Files.exists(path)) {
      throw new IllegalStateException("no test data at " + path);
    }
    return path;
  }

  /** A golden audio file by its name. */
  public static Path audio(String name) {
    return path("golden/audio/" + name);
  }
}
