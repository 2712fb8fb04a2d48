package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.incipit.cli.Program.Outcome;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code incipit lookup} and {@code submit} as a shell runs them, in the golden audio's folder. */
class LookupIT {
  private static final String MP3 = "mp3-vbr-v5-44k.mp3";
  private static final String FLAC = "flac16-22k-mono.flac";
  private static final String NO_AUDIO = "bad-text.mp3";

  @TempDir private Path folder;

  private static Outcome incipit(String... args) throws Exception {
    return Program.at(Program.distribution().resolve("bin/incipit"), args).run();
  }

  private static String text(Outcome outcome) {
    return new String(outcome.stdout(), StandardCharsets.UTF_8);
  }

  /** Knows the first file it is asked about, and no other. */
  private static String knowsTheFirst(Map<String, String> asked) {
    StringBuilder answer = new StringBuilder("{\"status\":\"ok\",\"fingerprints\":[");
    for (int i = 0; asked.containsKey("fingerprint." + i); i++) {
      String results =
          i > 0
              ? ""
              : """
              {"id":"t1","score":0.97,"recordings":[{"id":"m1","title":"S\u00f8ng",
              "artists":[{"id":"a","name":"Some"}]},{"id":"m2"}]},{"id":"t2","score":0.5}\
              """;
      answer.append((i == 0 ? "" : ",") + "{\"index\":" + i + ",\"results\":[" + results + "]}");
    }
    return answer + "]}";
  }

  @Test
  void itAsksWhatFpcalcPrintsAndTellsEachFileInOrder() throws Exception {
    try (FakeService service = new FakeService(LookupIT::knowsTheFirst)) {
      Outcome outcome = incipit("lookup", "--server", service.address(), MP3, NO_AUDIO, FLAC);
      assertEquals(
          MP3
              + "\n  0.970  t1\n         m1  Some - S\u00f8ng\n         m2\n  0.500  t2\n"
              + FLAC
              + ": not found\n",
          text(outcome));
      assertTrue(outcome.err().startsWith("ERROR: " + NO_AUDIO + ": "), outcome.err());
      assertEquals(2, outcome.exit());
      assertEquals(1, service.requests().size());
      Map<String, String> asked = service.requests().getFirst();
      assertEquals("/v2/lookup", asked.get("path"));
      String[] files = {MP3, FLAC};
      for (int i = 0; i < files.length; i++) {
        String printed = Program.fpcalc(files[i]).run().out();
        assertEquals(
            "DURATION="
                + asked.get("duration." + i)
                + "\nFINGERPRINT="
                + asked.get("fingerprint." + i)
                + "\n",
            printed);
      }
    }
  }

  @Test
  void theExitCodeTellsWhetherAllWereFound() throws Exception {
    try (FakeService service = new FakeService(LookupIT::knowsTheFirst)) {
      String server = service.address() + "/v2/";
      assertEquals(0, incipit("lookup", "--server", server, MP3).exit());
      assertEquals(1, incipit("lookup", "--server", server, MP3, FLAC).exit());
      assertEquals(1, incipit("lookup", "--server", server, "--min-score=0.98", MP3).exit());
      Outcome limited = incipit("lookup", "--server", server, "--limit=1", "--json", MP3);
      assertEquals(
          "{\"file\":\""
              + MP3
              + "\",\"status\":\"found\",\"results\":[{\"id\":\"t1\",\"score\":0.97,"
              + "\"recordings\":[{\"id\":\"m1\",\"title\":\"S\u00f8ng\",\"artists\":[{\"id\":\"a\","
              + "\"name\":\"Some\"}]},{\"id\":\"m2\"}]}]}\n",
          text(limited));
    }
  }

  @Test
  void aServerThatIsAwayIsAnErrorOfEachFile() throws Exception {
    String nowhere;
    try (FakeService service = new FakeService(LookupIT::knowsTheFirst)) {
      nowhere = service.address();
    }
    Outcome outcome = incipit("lookup", "--server", nowhere, "--timeout=2", MP3, FLAC);
    assertEquals(2, outcome.exit());
    List<String> lines = outcome.err().lines().toList();
    assertEquals(2, lines.size(), outcome.err());
    assertTrue(lines.get(0).startsWith("ERROR: " + MP3 + ": POST " + nowhere), outcome.err());
    Outcome json = incipit("submit", "--server", nowhere, "--timeout=2", "--json", MP3);
    assertEquals(2, json.exit());
    String beginning = "{\"file\":\"" + MP3 + "\",\"status\":\"error\",\"error\":\"POST ";
    assertTrue(json.out().startsWith(beginning), json.out());
  }

  @Test
  void wrongUseIsSaidInOneLine() throws Exception {
    Map<String, List<String>> cases =
        Map.of(
            "ERROR: acoustid.org wants --client KEY, from https://acoustid.org/new-application\n",
            List.of("lookup", "--acoustid", MP3),
            "ERROR: --server: not the address of a server: nowhere\n",
            List.of("lookup", "--server=nowhere", MP3),
            "ERROR: --server: not the address of a server: http://a:70000\n",
            List.of("submit", "--server=http://a:70000", MP3),
            "ERROR: --server: not the address of a server: 127.0.0.1:8080\n",
            List.of("backup", "--server=127.0.0.1:8080", "a", "b"),
            "ERROR: --score needs --dir DIR\n",
            List.of("lookup", "--score=acoustid", MP3),
            "ERROR: --foreign-id-from-path: a vendor has only 0-9 and a-z: My\n",
            List.of("submit", "--foreign-id-from-path=My", MP3));
    for (Map.Entry<String, List<String>> one : cases.entrySet()) {
      Outcome outcome = incipit(one.getValue().toArray(String[]::new));
      assertEquals(2, outcome.exit());
      assertTrue(outcome.err().startsWith(one.getKey()), outcome.err());
    }
  }

  @Test
  void aNumberBeyondItsBoundsIsSaidInOneLine() throws Exception {
    Map<String, List<String>> cases =
        Map.of(
            "'--limit': must be a whole number from 1 on (got \"-1\")",
            List.of("lookup", "--limit", "-1", MP3),
            "'--min-score': must be a number from 0 to 1 (got \"NaN\")",
            List.of("lookup", "--min-score=NaN", MP3),
            "'--timeout': must be a whole number from 1 to 86400 (got \"-3\")",
            List.of("lookup", "--timeout", "-3", MP3),
            "'--threads': must be a whole number from 1 to 1024 (got \"0\")",
            List.of("submit", "--threads=0", MP3),
            "'--wait-timeout': must be a whole number from 0 on (got \"-1\")",
            List.of("submit", "--wait-timeout", "-1", MP3),
            "'--longest': must be a whole number from 0 on (got \"ten\")",
            List.of("index", "stats", "--longest=ten", "nowhere"));
    for (Map.Entry<String, List<String>> one : cases.entrySet()) {
      Outcome outcome = incipit(one.getValue().toArray(String[]::new));
      assertEquals(2, outcome.exit());
      String said = outcome.err().lines().findFirst().orElse("");
      assertEquals("ERROR: Invalid value for option " + one.getKey(), said);
      assertEquals(2, outcome.err().lines().count(), outcome.err());
    }
  }

  @Test
  void textOfOthersIsToldToPeopleOnItsLineAndToProgramsAsItIs() throws Exception {
    Path file = folder.resolve("two\nlines.mp3");
    Files.copy(TestData.path("golden/audio/" + MP3), file);
    String forged = "a\\r\\nERROR: b\\u001b[2J\\u0007\\u202ec";
    String answer =
        """
        {"status":"ok","fingerprints":[{"index":0,"results":[
        {"id":"t1","score":0.5,"recordings":[{"id":"m1","title":"%s"}]}]}]}\
        """
            .formatted(forged);
    try (FakeService service = new FakeService(asked -> answer)) {
      String[] args = {"lookup", "--server=" + service.address(), file.toString(), "--json"};
      String text = text(incipit(args[0], args[1], args[2]));
      assertEquals(
          folder
              + "/two lines.mp3\n  0.500  t1\n"
              + "         m1  ? - a  ERROR: b\ufffd[2J\ufffd\ufffdc\n",
          text);
      String json = text(incipit(args));
      assertTrue(json.startsWith("{\"file\":\"" + folder + "/two\\nlines.mp3\","), json);
      assertTrue(json.contains("a\\r\\nERROR: b\\u001B[2J\\u0007\u202ec"), json);
    }
    String refusal = "{\"status\":\"error\",\"error\":{\"code\":5,\"message\":\"" + forged + "\"}}";
    try (FakeService service = new FakeService(asked -> refusal)) {
      Outcome outcome = incipit("submit", "--server=" + service.address(), file.toString());
      assertEquals(
          "ERROR: "
              + folder
              + "/two lines.mp3: the server refuses: a  ERROR: b\ufffd[2J\ufffd\ufffdc (error 5)\n",
          new String(outcome.stderr(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void foldersAreSearchedIfAskedFor() throws Exception {
    Files.createDirectories(folder.resolve("a/b"));
    for (String name : List.of("a/b/x.mp3", "y.MP3", "z.txt")) {
      Files.copy(TestData.path("golden/audio/" + MP3), folder.resolve(name));
    }
    try (FakeService service = new FakeService(LookupIT::knowsTheFirst)) {
      Outcome outcome =
          incipit("lookup", "--recursive", "--server", service.address(), folder.toString());
      assertEquals(
          List.of(folder.resolve("a/b/x.mp3").toString(), folder.resolve("y.MP3") + ": not found"),
          text(outcome).lines().filter(line -> !line.startsWith(" ")).toList());
    }
  }

  /** Takes everything; the second one it is asked about is rejected. */
  private static String takes(Map<String, String> asked) {
    if (asked.getOrDefault("path", "").endsWith("status")) {
      return """
      {"status":"ok","submissions":[
      {"id":10,"status":"imported","result":{"id":"t10"}},
      {"id":11,"status":"rejected","reason":"too short"}]}\
      """;
    }
    return """
    {"status":"ok","submissions":[{"id":10,"index":"0","status":"pending"},
    {"id":11,"index":"1","status":"pending"}]}\
    """;
  }

  @Test
  void whatIsSubmittedIsWhatTheTagsSay() throws Exception {
    Path tagged = folder.resolve("tagged.flac");
    String[] tags = {
      "TITLE=S\u00f8ng",
      "ARTIST=Some & Co",
      "ALBUM=All",
      "TRACKNUMBER=3/9",
      "DATE=2001-02-03",
      "MUSICBRAINZ_TRACKID=9ff43b6a-4f16-427c-93c2-92307ca505e0"
    };
    byte[] flac = Files.readAllBytes(TestData.path("golden/audio/" + FLAC));
    Files.write(tagged, FlacTags.with(flac, tags));
    try (FakeService service = new FakeService(LookupIT::takes)) {
      Outcome outcome =
          incipit(
              "submit",
              "--wait",
              "--server=" + service.address(),
              "--user=me",
              "--foreign-id-from-path=path",
              tagged.toString(),
              MP3);
      assertEquals(tagged + ": imported: t10\n" + MP3 + ": rejected: too short\n", text(outcome));
      assertEquals(1, outcome.exit(), outcome.err());
      Map<String, String> sent = service.requests().getFirst();
      assertEquals("me", sent.get("user"));
      assertEquals("S\u00f8ng", sent.get("track.0"));
      assertEquals("Some & Co", sent.get("artist.0"));
      assertEquals("All", sent.get("album.0"));
      assertEquals("3", sent.get("trackno.0"));
      assertEquals("2001", sent.get("year.0"));
      assertEquals("9ff43b6a-4f16-427c-93c2-92307ca505e0", sent.get("mbid.0"));
      assertEquals("FLAC", sent.get("fileformat.0"));
      assertEquals("path:" + tagged, sent.get("foreignid.0"));
      assertEquals("MP3", sent.get("fileformat.1"));
    }
  }

  @Test
  void whatWasTakenIsToldAlsoIfNobodySaysWhatBecomesOfIt() throws Exception {
    String away = "{\"status\":\"error\",\"error\":{\"code\":5,\"message\":\"gone\"}}";
    try (FakeService service =
        new FakeService(
            asked -> asked.getOrDefault("path", "").endsWith("status") ? away : takes(asked))) {
      String[] args = {"submit", "--wait", "--server=" + service.address(), MP3, FLAC, "--json"};
      Outcome outcome = incipit(args[0], args[1], args[2], args[3], args[4]);
      assertEquals(MP3 + ": pending\n" + FLAC + ": pending\n", text(outcome));
      String error =
          "ERROR: cannot tell how far submissions are: the server refuses: gone (error 5)\n";
      assertEquals(error, outcome.err());
      assertEquals(2, outcome.exit());
      Outcome json = incipit(args);
      assertEquals(error, json.err());
      String line = "{\"file\":\"%s\",\"status\":\"pending\",\"submission\":%d}\n";
      assertEquals(line.formatted(MP3, 10) + line.formatted(FLAC, 11), text(json));
      assertEquals(2, json.exit());
    }
  }

  @Test
  void aPathTooLongForAForeignIdIsSaidOfItsFileAlone() throws Exception {
    Path deep = folder;
    while (deep.toString().length() < 800) {
      deep = Files.createDirectory(deep.resolve("n".repeat(100)));
    }
    Path file = Files.copy(TestData.path("golden/audio/" + MP3), deep.resolve(MP3));
    try (FakeService service = new FakeService(LookupIT::takes)) {
      String[] submit = {"submit", "--server=" + service.address(), "--foreign-id-from-path=path"};
      Outcome outcome = incipit(submit[0], submit[1], submit[2], file.toString(), FLAC);
      assertEquals(FLAC + ": pending\n", text(outcome));
      int length = "path:".length() + file.toString().length();
      assertEquals(
          "ERROR: %s: its path is too long for --foreign-id-from-path: %d characters with the vendor, 800 fit\n"
              .formatted(file, length),
          outcome.err());
      assertEquals(2, outcome.exit());
      assertEquals(0, incipit(submit[0], submit[1], file.toString()).exit());
    }
  }

  @Test
  void aPathThatIsNoForeignIdIsSaidOfItsFileAlone() throws Exception {
    Path file = Files.copy(TestData.path("golden/audio/" + MP3), folder.resolve("a\nb.mp3"));
    try (FakeService service = new FakeService(LookupIT::takes)) {
      String[] submit = {"submit", "--server=" + service.address(), "--foreign-id-from-path=path"};
      Outcome outcome = incipit(submit[0], submit[1], submit[2], file.toString(), FLAC);
      assertEquals(FLAC + ": pending\n", text(outcome));
      String error =
          ": its path has a control character, which --foreign-id-from-path cannot submit\n";
      assertTrue(outcome.err().endsWith("b.mp3" + error), outcome.err());
      assertEquals(2, outcome.exit());
    }
  }
}
