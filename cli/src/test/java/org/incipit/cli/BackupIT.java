package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code incipit backup} and {@code restore} as a shell runs them. */
class BackupIT {
  private static final String LINES = "{\"id\":1,\"hashes\":[2,3]}\n{\"id\":4,\"hashes\":[5]}\n";

  @TempDir private Path folder;

  private Outcome incipit(String... args) throws Exception {
    return Program.at(Program.distribution().resolve("bin/incipit"), args).in(folder).run();
  }

  private void well(String... args) throws Exception {
    Outcome outcome = incipit(args);
    assertEquals(0, outcome.exit(), List.of(args) + ": " + outcome.err());
  }

  /** A directory with an index and a catalogue. */
  private void fill() throws Exception {
    Files.writeString(folder.resolve("in.jsonl"), LINES);
    well("index", "load", "data", "in.jsonl", "--index=songs");
    well("keys", "add", "--well-known");
  }

  private void assertRestoredAs(String directory) throws Exception {
    well("restore", "kept", directory);
    assertEquals(LINES, incipit("index", "export", directory, "--index=songs").out());
    assertEquals(incipit("keys", "list").out(), incipit("keys", "list", "--dir", directory).out());
    assertEquals(2, incipit("keys", "list").out().lines().count());
  }

  @Test
  void whatIsBackedUpIsRestored() throws Exception {
    fill();
    well("backup", "data", "kept");
    assertRestoredAs("new");
    Files.createDirectory(folder.resolve("empty"));
    assertRestoredAs("empty");
    try (Stream<Path> files = Files.list(folder.resolve("kept"))) {
      assertEquals(
          List.of("backup.json", "catalog.db", "indexes"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aServerThatHasTheDirectoryIsAsked() throws Exception {
    fill();
    Files.writeString(folder.resolve("tokens"), "secret\n");
    try (Server server = Server.start(folder, "--token-file", "tokens")) {
      String address = server.http("").toString();
      Outcome refused = incipit("backup", "data", "kept", "--server", address);
      assertEquals(2, refused.exit());
      assertTrue(refused.err().contains("status 401"), refused.err());
      assertFalse(Files.exists(folder.resolve("kept")));
      well("backup", "data", "kept", "--server", address, "--token-file", "tokens");
    }
    assertRestoredAs("new");
  }

  @Test
  void theServerOfAnotherDirectoryIsNotTakenForThatOfThisOne() throws Exception {
    fill();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (Server server = Server.start(folder);
        Server other = Server.start(elsewhere)) {
      String address = other.http("").toString();
      Outcome refused = incipit("backup", "data", "kept", "--server", address);
      assertEquals(2, refused.exit());
      assertTrue(
          refused
              .err()
              .contains("ERROR: " + address + " is not the server of data, which process "),
          refused.err());
      assertFalse(Files.exists(folder.resolve("kept")));
      well("backup", "data", "kept", "--server", server.http("").toString());
    }
    assertRestoredAs("new");
  }

  @Test
  void aDamagedBackupIsRefusedAndNothingIsMade() throws Exception {
    fill();
    well("backup", "data", "kept");
    Path snapshot = folder.resolve("kept/indexes/songs.snapshot");
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Files.write(snapshot, bytes);
    Outcome outcome = incipit("restore", "kept", "new");
    assertEquals(2, outcome.exit());
    assertTrue(
        outcome.err().endsWith("songs.snapshot is damaged: its checksum is another\n"),
        outcome.err());
    Files.delete(snapshot);
    assertEquals(2, incipit("restore", "kept", "new").exit());
    assertEquals(2, incipit("restore", "data", "new").exit());
    assertFalse(Files.exists(folder.resolve("new")));
    assertFalse(Files.exists(folder.resolve("new.partial")));
  }

  @Test
  void whatIsThereIsNeverWrittenOver() throws Exception {
    fill();
    well("backup", "data", "kept");
    Outcome again = incipit("backup", "data", "kept");
    assertEquals(2, again.exit());
    assertTrue(again.err().contains("kept is there already"), again.err());
    assertEquals(2, incipit("restore", "kept", "data").exit());
    assertRestoredAs("new");
    assertEquals(2, incipit("backup", "nowhere", "other").exit());
  }
}
