package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The HTTP layer as clients see it that are written by others in other languages. They must be
 * there: profile {@code clients} runs this, {@code .ci/run} installs them.
 */
@Tag("clients")
class HttpClientsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"/bin/sh, httpbin-curl.sh", "python3, httpbin.py", "node, httpbin.js"})
  void theyAgree(String interpreter, String script) throws Exception {
    Path file = folder.resolve(script);
    try (InputStream in = HttpClientsIT.class.getResourceAsStream(script)) {
      Files.copy(in, file);
    }
    try (HttpbinProgram httpbin = HttpbinProgram.start()) {
      String port = Integer.toString(httpbin.port());
      Outcome outcome = Program.at(Path.of(interpreter), file.toString(), port).in(folder).run();
      assertEquals("", outcome.err());
      assertEquals("all well\n", outcome.out());
      assertEquals(0, outcome.exit());
    }
  }
}
