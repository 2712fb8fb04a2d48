package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The web service, and fpcalc, as beets and others in Python have them: by pyacoustid, unchanged.
 * That is Debian's {@code python3-acoustid}, for Debian's Python.
 */
@Tag("clients")
class PyacoustidIT {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final int SECONDS = 30;

  @TempDir private Path folder;

  @Test
  void itSubmitsAndFinds() throws Exception {
    Path script = folder.resolve("acoustid-client.py");
    try (InputStream in = PyacoustidIT.class.getResourceAsStream("acoustid-client.py")) {
      Files.copy(in, script);
    }
    String known = Tune.write(folder.resolve("known.wav"), 1, SECONDS).toString();
    String unknown = Tune.write(folder.resolve("unknown.wav"), 2, SECONDS).toString();
    String fpcalc = Program.distribution().resolve("bin/fpcalc").toString();
    try (Server server = Server.start(folder)) {
      String url = server.http("/v2").toString();
      Outcome outcome =
          Program.at(PYTHON, script.toString(), url, known, unknown)
              .in(folder)
              .with(Map.of("FPCALC", fpcalc))
              .run();
      assertEquals("", outcome.err());
      assertEquals("all well\n", outcome.out());
      assertEquals(0, outcome.exit());
    }
  }
}
