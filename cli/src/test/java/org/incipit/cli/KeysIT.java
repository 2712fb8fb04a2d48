package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code incipit keys …} as a shell runs it. */
class KeysIT {
  @TempDir private Path folder;

  private Outcome keys(String... args) throws Exception {
    String[] all = Stream.concat(Stream.of("keys"), Stream.of(args)).toArray(String[]::new);
    return Program.at(Program.distribution().resolve("bin/incipit"), all)
        .in(folder)
        .with(Map.of("TMPDIR", folder.resolve("tmp").toString()))
        .run();
  }

  @Test
  void keysAreMadeTakenListedAndRevoked() throws Exception {
    Outcome made = keys("add", "user", "Anna M.");
    assertEquals("", made.err());
    assertTrue(made.out().matches("[A-Za-z0-9]{10}\n"), made.out());
    assertEquals("mine\n", keys("add", "application", "my player", "--key=mine").out());
    Outcome known = keys("add", "--well-known");
    assertEquals("1vOwZtEn\nv8pQ6oyB\n", known.out());
    assertEquals(0, known.exit());
    assertEquals(1, keys("add", "--well-known").exit());
    assertEquals(0, keys("revoke", "mine").exit());
    assertEquals(1, keys("revoke", "yours").exit());
    List<String> lines = keys("list").out().lines().toList();
    assertEquals(4, lines.size());
    assertTrue(
        lines.getFirst().matches("application  mine        \\S+Z  my player  \\(revoked\\)"));
    assertTrue(lines.getLast().matches("user +" + made.out().strip() + "  \\S+Z  Anna M\\."));
    String json = keys("list", "--json").out();
    assertTrue(json.startsWith("{\"kind\":\"application\",\"key\":\"mine\","), json);
    Outcome again = keys("add", "application", "other", "--key=mine");
    assertEquals(0, again.exit());
    assertEquals("mine\n", again.out());
    assertEquals("mine was revoked, and counts again\n", again.err());
    assertEquals(1, keys("add", "application", "other", "--key=mine").exit());
    assertEquals(0, keys("revoke", "1vOwZtEn").exit());
    Outcome wellKnown = keys("add", "--well-known");
    assertEquals(1, wellKnown.exit());
    assertTrue(wellKnown.err().startsWith("1vOwZtEn is there and revoked\n"), wellKnown.err());
  }

  @Test
  void nothingIsUnpackedAnywhere() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    assertEquals(0, keys("add", "--well-known").exit());
    try (Stream<Path> files = Files.list(temporary)) {
      assertEquals(List.of(), files.toList());
    }
    assertTrue(Files.exists(folder.resolve("data/catalog.db")));
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    assertEquals(2, keys("add").exit());
    assertEquals(2, keys("add", "user").exit());
    assertEquals(2, keys("add", "--well-known", "user", "x").exit());
    assertEquals(2, keys("add", "user", "x", "--key=a b").exit());
    Outcome nothing = keys("list", "--dir=nowhere");
    assertEquals("ERROR: nowhere holds no catalogue\n", nothing.err());
    assertEquals(2, nothing.exit());
  }
}
