package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents as the distribution carries them. */
class DocumentationIT {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "benchmarks/README.md"
      })
  void everyLinkLeadsToAFile(String document) throws Exception {
    Path at = Program.distribution().resolve(document);
    Matcher links = LINK.matcher(Files.readString(at));
    while (links.find()) {
      String link = links.group(1);
      assertTrue(
          link.startsWith("https://") || Files.exists(at.resolveSibling(link)),
          document + " leads to " + link);
    }
  }
}
