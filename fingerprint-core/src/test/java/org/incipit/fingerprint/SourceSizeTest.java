package org.incipit.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;

class SourceSizeTest {
  private static final int MOST_LINES = 500;

  @Test
  void noSourceFileIsTooLongToRead() throws IOException {
    Path project = TestData.path(".").toRealPath().getParent();
    List<Path> sources;
    try (Stream<Path> files = Files.walk(project)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("/target/"))
              .toList();
    }
    assertTrue(sources.size() > 50, "the sources of all modules are below " + project);
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources) {
      long lines = Files.readAllLines(source).size();
      if (lines > MOST_LINES) {
        tooLong.add(source + ": " + lines);
      }
    }
    assertEquals(List.of(), tooLong);
  }
}
