package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.incipit.cli.Program.Outcome;
import org.incipit.server.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code incipit serve} from outside: its ends above all. */
class ServeIT {
  private static final int ACKNOWLEDGED = 400;

  @TempDir private Path folder;

  private Outcome incipit(String... args) throws Exception {
    return Program.at(Program.distribution().resolve("bin/incipit"), args).in(folder).run();
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static String update(Server server, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.http("/main/_update"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> response = send(request);
    return response.statusCode() + " " + new String(response.body());
  }

  @Test
  void bothProtocolsServeTheSameIndexAndASnapshotOfItIsRestored() throws Exception {
    try (Server server = Server.start(folder, "--threads", "1", "--compute-threads", "1")) {
      String lines = "begin\ninsert 7 1,2,3\ncommit\nsearch 1,2,-1\nget max_document_id\nquit\n";
      Outcome spoken = Server.client(lines, "lines", "" + server.linePort());
      assertEquals("OK \r\nOK \r\nOK \r\nOK 7:2\r\nOK 7\r\nOK \r\nend\n", spoken.out());
      String body = "{\"changes\":[{\"insert\":{\"id\":9,\"hashes\":[2,4294967295]}}]}";
      assertEquals("200 {\"version\":2}", update(server, body));
      Outcome again = Server.client("search 2,-1\nquit\n", "lines", "" + server.linePort());
      assertEquals("OK 9:2 7:1\r\nOK \r\nend\n", again.out());
      HttpResponse<byte[]> snapshot =
          send(HttpRequest.newBuilder(server.http("/main/_snapshot")).GET());
      assertEquals(200, snapshot.statusCode());
      Files.write(folder.resolve("copy.snapshot"), snapshot.body());
      server.signal("TERM");
      assertEquals(0, server.exit());
    }
    Outcome restored = incipit("index", "restore", "copy.snapshot", "--dir=other", "--index=two");
    assertEquals("", restored.err());
    assertEquals("index two restored at version 2\n", restored.out());
    assertEquals(
        "{\"id\":7,\"hashes\":[1,2,3]}\n{\"id\":9,\"hashes\":[2,4294967295]}\n",
        incipit("index", "export", "other").out());
    Outcome taken = incipit("index", "restore", "copy.snapshot", "--dir=other", "--index=two");
    assertEquals(2, taken.exit());
    assertTrue(taken.err().startsWith("ERROR: "), taken.err());
    byte[] half = Files.readAllBytes(folder.resolve("copy.snapshot"));
    Files.write(folder.resolve("half"), Arrays.copyOf(half, half.length / 2));
    Outcome refused = incipit("index", "restore", "half", "--dir=other", "--index=three");
    assertEquals(2, refused.exit(), refused.err());
    assertFalse(incipit("index", "stats", "other").out().contains("three"));
  }

  /** Loads until so much is acknowledged, has the server ended, and tells what was. */
  private static List<String> loadUntil(Server server, String signal, int first) throws Exception {
    Process load =
        Server.background(
            "load", "" + server.httpPort(), "" + server.linePort(), Integer.toString(first));
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader out = load.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        assertFalse(line.startsWith("CUT") && signal.equals("TERM"), line);
        if (!line.startsWith("CUT")) {
          acknowledged.add(line);
        }
        if (acknowledged.size() == ACKNOWLEDGED) {
          server.signal(signal);
        }
      }
    }
    assertEquals(0, load.waitFor());
    assertTrue(acknowledged.size() >= ACKNOWLEDGED, acknowledged.size() + " " + server.said());
    return acknowledged;
  }

  private static void verify(Server server, List<String> acknowledged) throws Exception {
    String ids = String.join("\n", acknowledged);
    Outcome verified = Server.client(ids, "verify", "" + server.httpPort());
    assertEquals("verified " + acknowledged.size() + "\n", verified.out());
  }

  @Test
  void aServerTerminatedUnderLoadCutsNothingAndLosesNothing() throws Exception {
    List<String> acknowledged;
    try (Server server = Server.start(folder)) {
      acknowledged = loadUntil(server, "TERM", 1);
      assertEquals(0, server.exit());
      assertEquals(2, server.said().size(), server.said().toString());
    }
    try (Server server = Server.start(folder)) {
      verify(server, acknowledged);
    }
  }

  @Test
  void aServerKilledUnderLoadLosesNothingAcknowledged() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      // Segments and merges, too, are to be caught in the middle.
      try (Server server = Server.start(folder, "--checkpoint-threshold", "50")) {
        verify(server, acknowledged);
        acknowledged.addAll(loadUntil(server, "KILL", 1 + (round * 10_000_000)));
        assertEquals(137, server.exit());
      }
    }
    try (Server server = Server.start(folder)) {
      verify(server, acknowledged);
    }
    assertTrue(incipit("index", "check", "data").out().endsWith("no damage\n"));
  }

  /** A request that is being answered, and whose body does not come. */
  private static Socket halfARequest(Server server) throws Exception {
    Socket socket = new Socket("127.0.0.1", server.httpPort());
    String head =
        "POST /main/_update HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
            + "Expect: 100-continue\r\nContent-Type: application/json\r\n\r\n";
    socket.getOutputStream().write(head.getBytes());
    // 100, which is sent when somebody waits for the body.
    assertEquals('H', socket.getInputStream().read());
    return socket;
  }

  @Test
  void whatTakesTooLongIsCutOffAndItStillEndsWithZero() throws Exception {
    try (Server server = Server.start(folder, "--drain-timeout-ms", "100");
        Socket slow = halfARequest(server)) {
      server.signal("TERM");
      assertEquals(0, server.exit());
      assertTrue(server.said().getLast().startsWith("WARNING: some requests were cut off"));
      assertTrue(slow.isConnected());
    }
  }

  @Test
  void aSecondSignalWaitsForNobody() throws Exception {
    try (Server server = Server.start(folder, "--drain-timeout-ms", "3600000");
        Socket slow = halfARequest(server)) {
      // Not INT, which what a shell runs in the background ignores.
      server.signal("TERM");
      // The first has been heard; two at once could be one to the system.
      server.awaitRefusal();
      server.signal("TERM");
      assertEquals(143, server.exit(), server.said().toString());
      assertTrue(slow.isConnected());
    }
  }

  /**
   * Tokens that are read when a start has begun, and keep it waiting until they come.
   *
   * @return what they are written to, once they are waited for
   */
  private static Future<OutputStream> tokens(Path pipe) {
    FutureTask<OutputStream> opened = new FutureTask<>(() -> Files.newOutputStream(pipe));
    Thread.ofPlatform().daemon().start(opened);
    return opened;
  }

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  @Test
  void aSignalDuringTheStartIsHeardWhenThatIsOver() throws Exception {
    Path pipe = pipe();
    try (Server server = Server.begin(folder, "--token-file", pipe.toString())) {
      try (OutputStream tokens = tokens(pipe).get()) {
        server.signal("TERM");
        tokens.write("first\n".getBytes());
      }
      assertEquals(0, server.exit(), server.said().toString());
    }
    assertTrue(incipit("index", "check", "data").out().endsWith("no damage\n"));
  }

  @Test
  void aSecondSignalEndsTheStartToo() throws Exception {
    Path pipe = pipe();
    try (Server server = Server.begin(folder, "--token-file", pipe.toString());
        OutputStream never = tokens(pipe).get()) {
      server.signalUntilGone("TERM");
      assertEquals(143, server.exit(), server.said().toString());
      assertNotNull(never);
    }
  }

  @Test
  void hangingUpDuringTheStartReadsTokensAgainAfterIt() throws Exception {
    Path pipe = pipe();
    try (Server server = Server.begin(folder, "--token-file", pipe.toString())) {
      try (OutputStream tokens = tokens(pipe).get()) {
        server.signal("HUP");
        tokens.write("first\n".getBytes());
      }
      server.address("listening: ");
      try (OutputStream tokens = tokens(pipe).get()) {
        tokens.write("second\n".getBytes());
      }
      server.address("tokens and TLS files read again");
      String body = "{\"changes\":[]}";
      assertTrue(update(server, body, "Authorization", "Bearer first").startsWith("401 "));
      assertTrue(update(server, body, "Authorization", "Bearer second").startsWith("200 "));
    }
  }

  @Test
  void tokensAreReadAgainAtHangUp() throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "# ours\nfirst\n");
    try (Server server = Server.start(folder, "--token-file", tokens.toString())) {
      String body = "{\"changes\":[]}";
      assertTrue(update(server, body).startsWith("401 "));
      assertTrue(update(server, body, "Authorization", "Bearer first").startsWith("200 "));
      Outcome lines = Server.client("begin\nquit\n", "lines", "" + server.linePort());
      assertTrue(lines.out().startsWith("ERR read-only"), lines.out());
      Files.writeString(tokens, "second\n");
      server.signal("HUP");
      server.address("tokens and TLS files read again");
      assertTrue(update(server, body, "Authorization", "Bearer first").startsWith("401 "));
      assertTrue(update(server, body, "Authorization", "Bearer second").startsWith("200 "));
      Files.writeString(tokens, "\n");
      server.signal("HUP");
      server.address("WARNING: tokens are as before");
      assertTrue(update(server, body, "Authorization", "Bearer second").startsWith("200 "));
      server.signal("TERM");
      assertEquals(0, server.exit());
    }
  }

  @Test
  void eachRequestIsALineIfThatIsWanted() throws Exception {
    try (Server server = Server.start(folder, "--access-log=on")) {
      send(HttpRequest.newBuilder(server.http("/main/_health?secret=1")));
      server.signal("TERM");
      assertEquals(0, server.exit());
      String line = server.said().getLast();
      assertTrue(
          line.matches("\\S+Z INFO access: 127\\.0\\.0\\.1 GET /main/_health 200 3 [0-9]+ us"),
          line);
    }
    try (Server server = Server.start(folder)) {
      send(HttpRequest.newBuilder(server.http("/_health")));
      server.signal("TERM");
      assertEquals(0, server.exit());
      assertEquals(2, server.said().size(), server.said().toString());
    }
  }

  @Test
  void everyLineOfALogInJsonIsJson() throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "first\n");
    String[] flags = {"--access-log", "--log-format", "json", "--token-file", tokens.toString()};
    try (Server server = Server.start(folder, flags)) {
      send(HttpRequest.newBuilder(server.http("/%22a%0A%22/_health")));
      server.signal("HUP");
      server.address("tokens and TLS files read again");
      Files.delete(tokens);
      server.signal("HUP");
      server.address("tokens are as before: ");
      server.signal("TERM");
      assertEquals(0, server.exit());
      for (String line : server.said()) {
        try (JsonParser json = new JsonFactory().createParser(line)) {
          assertEquals(JsonToken.START_OBJECT, json.nextToken(), line);
          json.skipChildren();
          assertEquals(JsonToken.END_OBJECT, json.currentToken(), line);
          assertNull(json.nextToken(), line);
        }
        assertTrue(line.startsWith("{\"time\":\""), line);
      }
      String all = String.join("\n", server.said());
      String fields =
          "\"client\":\"127.0.0.1\",\"method\":\"GET\",\"path\":\"/%22a%0A%22/_health\",\"status\":";
      assertTrue(all.contains(fields), all);
      assertTrue(all.contains("\"INFO\",\"logger\":\"org.incipit.serve\",\"message\":\"list"), all);
      assertTrue(
          all.contains("\"WARNING\",\"logger\":\"org.incipit.serve\",\"message\":\"tok"), all);
    }
  }

  @Test
  void whatKeepsItFromStartingIsOneLineAndTwo() throws Exception {
    try (Server server = Server.start(folder)) {
      Outcome directory = incipit("serve", "--port", "0");
      assertEquals(2, directory.exit());
      assertTrue(directory.err().startsWith("ERROR: data is in use by process "), directory.err());
      Outcome port = incipit("serve", "--dir", "b", "--port", "" + server.httpPort());
      assertEquals(2, port.exit());
      assertEquals(
          "ERROR: cannot listen on 127.0.0.1:" + server.httpPort() + ": Address already in use\n",
          port.err());
    }
    Files.writeString(folder.resolve("file"), "");
    assertEquals("ERROR: file is no folder\n", incipit("serve", "--dir", "file").err());
    for (String known : List.of("--legacy-port", "--port")) {
      String wrong = known.replace("or", "ro");
      Outcome flag = incipit("serve", wrong, "1");
      assertEquals(2, flag.exit());
      assertEquals(
          "ERROR: Unknown option " + wrong + "\nDid you mean: " + known + "?\n", flag.err());
    }
    Outcome value = incipit("serve", "--port", "many");
    assertEquals(2, value.exit());
    assertTrue(value.err().startsWith("ERROR: port: must be a whole number"), value.err());
    Outcome path = incipit("serve", "--base-path", "/a/");
    assertEquals(2, path.exit());
    assertTrue(path.err().startsWith("ERROR: base-path: must be like /acoustid"), path.err());
    Outcome planned = incipit("serve", "--coordinator");
    assertEquals(2, planned.exit());
    assertTrue(planned.err().startsWith("ERROR: coordinator is not supported yet"), planned.err());
  }

  @Test
  void aDamagedIndexIsNamed() throws Exception {
    try (Server server = Server.start(folder, "--catalog", "off")) {
      for (int id = 1; id < 40; id++) {
        String hashes = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15";
        update(
            server, "{\"changes\":[{\"insert\":{\"id\":" + id + ",\"hashes\":[" + hashes + "]}}]}");
      }
      server.signal("KILL");
      assertEquals(137, server.exit());
    }
    try (Stream<Path> files = Files.list(folder.resolve("data/index/main/1"))) {
      Path log = files.filter(f -> f.toString().endsWith(".log")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(log);
      bytes[1000] ^= 1;
      Files.write(log, bytes);
    }
    Outcome damaged = incipit("serve", "--port", "0", "--catalog", "off");
    assertEquals(2, damaged.exit(), damaged.err());
    assertTrue(
        damaged.err().startsWith("ERROR: index main is damaged, and there is no other: "),
        damaged.err());
    assertEquals(1, damaged.err().lines().count(), damaged.err());
    assertTrue(damaged.err().contains(".log, byte "), damaged.err());
  }

  /** One document of a million hashes, a byte each: to the server they are 27 MB. */
  private static byte[] manyHashes() {
    byte[] body = new byte[8 + (1 << 20)];
    ByteBuffer.wrap(body)
        .put(new byte[] {(byte) 0x81, (byte) 0xA1, 'h', (byte) 0xDD})
        .putInt(1 << 20);
    return body;
  }

  @Test
  void updatesThatAllTogetherAreMoreThanTheHeapDoNotEndIt() throws Exception {
    try (Server server = Server.start(folder);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int id = 1; id <= 40; id++) {
        HttpRequest request =
            HttpRequest.newBuilder(server.http("/main/" + id))
                .PUT(BodyPublishers.ofByteArray(manyHashes()))
                .build();
        answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
      }
      List<Integer> statuses = new ArrayList<>();
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        // Who is refused while sending may lose the answer with the connection.
        statuses.add(answer.handle((a, lost) -> lost == null ? a.statusCode() : 503).get());
      }
      assertTrue(statuses.contains(200), statuses.toString());
      assertTrue(statuses.stream().allMatch(s -> s == 200 || s == 503), statuses.toString());
      assertEquals("200 {\"version\":", update(server, "{\"changes\":[]}").substring(0, 15));
      server.signal("TERM");
      assertEquals(0, server.exit(), server.said().toString());
    }
  }

  @Test
  void helpListsEverySettingWithItsUnitAndDefault() throws Exception {
    String help = incipit("serve", "--help").out();
    for (ConfigOption option : ConfigOption.all()) {
      assertTrue(help.contains(option.flag() + (option.isSwitch() ? "[=" : "=")), option.flag());
    }
    String words = help.replaceAll("\\s+", " ");
    assertTrue(words.contains("default 60000 ms."), help);
    assertTrue(words.contains("default 16777216 bytes."), help);
  }

  @Test
  void aPortThatIsTakenByAnotherProgramIsNamed() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      String port = Integer.toString(other.getLocalPort());
      Outcome outcome = incipit("serve", "--port", "0", "--legacy-port", port);
      assertEquals(2, outcome.exit());
      assertTrue(outcome.err().contains("cannot listen on 127.0.0.1:" + port), outcome.err());
    }
  }
}
