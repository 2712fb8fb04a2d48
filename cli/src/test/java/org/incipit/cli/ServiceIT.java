package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.incipit.cli.Program.Outcome;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it as its users have it: files, the commands, a server of the distribution. */
class ServiceIT {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final int SECONDS = 30;

  @TempDir private Path folder;

  @BeforeEach
  void compose() throws Exception {
    Tune.write(folder.resolve("known.wav"), 1, SECONDS);
    Tune.write(folder.resolve("other.wav"), 2, SECONDS);
    Tune.write(folder.resolve("unknown.wav"), 3, SECONDS);
    Files.writeString(folder.resolve("text.wav"), "no music");
  }

  private Outcome incipit(String... args) throws Exception {
    return Program.at(Program.distribution().resolve("bin/incipit"), args).in(folder).run();
  }

  private Outcome ask(Server server, String command, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of(command, "--server", server.http("").toString()));
    all.addAll(Arrays.asList(more));
    return incipit(all.toArray(String[]::new));
  }

  private static String text(Outcome outcome) {
    return new String(outcome.stdout(), StandardCharsets.UTF_8);
  }

  /** Submits, and says what tracks it became. */
  private List<String> submitted(Server server, String... files) throws Exception {
    List<String> args = new ArrayList<>(List.of("--wait"));
    args.addAll(Arrays.asList(files));
    Outcome outcome = ask(server, "submit", args.toArray(String[]::new));
    assertEquals(0, outcome.exit(), outcome.err() + outcome.out());
    List<String> lines = outcome.out().lines().toList();
    List<String> tracks = new ArrayList<>();
    for (int i = 0; i < files.length; i++) {
      assertTrue(lines.get(i).matches(files[i] + ": imported: " + UUID), lines.get(i));
      tracks.add(lines.get(i).substring(lines.get(i).lastIndexOf(' ') + 1));
    }
    return tracks;
  }

  @Test
  void whatWasSubmittedIsFoundAndNothingElse() throws Exception {
    try (Server server = Server.start(folder)) {
      assertEquals("known.wav: not found\n", ask(server, "lookup", "known.wav").out());
      List<String> tracks = submitted(server, "known.wav", "other.wav");
      Outcome found = ask(server, "lookup", "known.wav", "other.wav");
      assertEquals(
          "known.wav\n  1.000  " + tracks.get(0) + "\nother.wav\n  1.000  " + tracks.get(1) + "\n",
          found.out());
      assertEquals(0, found.exit(), found.err());
      Outcome some = ask(server, "lookup", "known.wav", "unknown.wav");
      assertTrue(some.out().endsWith("\nunknown.wav: not found\n"), some.out());
      assertEquals(1, some.exit(), some.err());
      Outcome broken = ask(server, "lookup", "--json", "known.wav", "text.wav", "unknown.wav");
      assertEquals(2, broken.exit(), broken.err());
      List<String> lines = broken.out().lines().toList();
      assertEquals(
          "{\"file\":\"known.wav\",\"status\":\"found\",\"results\":[{\"id\":\""
              + tracks.get(0)
              + "\",\"score\":1.0}]}",
          lines.get(0));
      assertTrue(
          lines.get(1).startsWith("{\"file\":\"text.wav\",\"status\":\"error\",\"error\":\""));
      assertEquals(
          "{\"file\":\"unknown.wav\",\"status\":\"not found\",\"results\":[]}", lines.get(2));
      assertEquals(tracks, submitted(server, "known.wav", "other.wav"));
    }
  }

  @Test
  void whatTagsSayComesBack() throws Exception {
    byte[] flac = Files.readAllBytes(TestData.path("golden/audio/syn-sweep-20-10k-12s.flac"));
    Files.write(folder.resolve("short.flac"), flac);
    Path wav = folder.resolve("tagged.wav");
    Files.write(wav, Tune.tagged(Files.readAllBytes(folder.resolve("known.wav")), "Opus", "Me"));
    try (Server server = Server.start(folder)) {
      Outcome rejected = ask(server, "submit", "--wait", "short.flac");
      assertEquals(1, rejected.exit(), rejected.err());
      assertTrue(rejected.out().startsWith("short.flac: rejected: "), rejected.out());
      String track = submitted(server, "tagged.wav").getFirst();
      assertEquals(
          "known.wav\n  1.000  " + track + "\n         Me - Opus\n",
          text(ask(server, "lookup", "known.wav")));
    }
  }

  @Test
  void aServerThatRequiresKeysTakesThoseThatWereMade() throws Exception {
    try (Server server = Server.start(folder, "--keys", "required")) {
      Outcome refused = ask(server, "submit", "known.wav");
      assertEquals(2, refused.exit());
      assertEquals(
          "ERROR: known.wav: the server refuses: invalid API key (error 4)\n", refused.err());
      String application = incipit("keys", "add", "application", "test").out().strip();
      Outcome nobody = ask(server, "submit", "--client", application, "known.wav");
      assertEquals(2, nobody.exit());
      assertTrue(nobody.err().contains("(error 6)"), nobody.err());
      String user = incipit("keys", "add", "user", "me").out().strip();
      String[] args = {"--wait", "--client", application, "--user", user, "known.wav"};
      Outcome taken = ask(server, "submit", args);
      assertEquals(0, taken.exit(), taken.err());
      assertEquals(0, ask(server, "lookup", "--client", application, "known.wav").exit());
      assertEquals(2, ask(server, "lookup", "known.wav").exit());
    }
  }

  @Test
  void aBackupOfAServerAtWorkAnswersElsewhere() throws Exception {
    String track;
    try (Server server = Server.start(folder)) {
      track = submitted(server, "known.wav").getFirst();
      Outcome backup = incipit("backup", "data", "kept", "--server", server.http("").toString());
      assertEquals(0, backup.exit(), backup.err());
      submitted(server, "other.wav");
    }
    assertEquals(0, incipit("restore", "kept", "new").exit());
    Outcome direct = incipit("lookup", "--dir", "new", "known.wav", "other.wav");
    assertEquals("known.wav\n  1.000  " + track + "\nother.wav: not found\n", direct.out());
    assertEquals("", direct.err());
    assertEquals(1, direct.exit());
    Files.move(folder.resolve("data"), folder.resolve("old"));
    Files.move(folder.resolve("new"), folder.resolve("data"));
    try (Server server = Server.start(folder)) {
      assertEquals(0, ask(server, "lookup", "known.wav").exit());
      assertEquals(1, ask(server, "lookup", "other.wav").exit());
    }
  }

  @Test
  void aDirectoryIsAskedWithoutAServerUnlessOneHasIt() throws Exception {
    Outcome nothing = incipit("lookup", "--dir", "data", "known.wav");
    assertEquals("ERROR: data holds no catalogue\n", nothing.err());
    assertEquals(2, nothing.exit());
    String[] question = {"lookup", "--dir", "data", "known.wav"};
    try (Server server = Server.start(folder)) {
      submitted(server, "known.wav");
      Outcome taken = incipit(question);
      assertEquals(2, taken.exit());
      assertTrue(
          taken
              .err()
              .matches(
                  "ERROR: \\S*data is in use by process [0-9]+: if that is a server, ask it with"
                      + " --server URL\n"),
          taken.err());
    }
    assertEquals(0, incipit(question).exit());
    assertEquals(2, incipit("lookup", "--dir=data", "--server=http://localhost", "x").exit());
    assertEquals(2, incipit("lookup", "--database=jdbc:postgresql://x/y", "x").exit());
  }
}
