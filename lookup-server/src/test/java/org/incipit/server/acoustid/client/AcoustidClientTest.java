package org.incipit.server.acoustid.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.incipit.server.acoustid.client.Reply.Answered;
import org.incipit.server.acoustid.client.Reply.Failed;
import org.incipit.server.http.client.ClientLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcoustidClientTest {
  private static final ClientLimits LIMITS =
      new ClientLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          1_000_000,
          3,
          Duration.ofMillis(1),
          Duration.ofSeconds(60));

  private final List<Map<String, String>> requests = new ArrayList<>();
  private final List<String> encodings = new ArrayList<>();
  private Function<Map<String, String>, String> answer = parameters -> "200 {\"status\":\"ok\"}";
  private boolean unpacks = true;
  private HttpServer server;
  private AcoustidClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/", this::handle);
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    client = new AcoustidClient(Account.of(address, "key", "me"), LIMITS);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    encodings.add(String.valueOf(encoding));
    byte[] body = exchange.getRequestBody().readAllBytes();
    String said = "400 what is this?";
    if (encoding == null || unpacks) {
      if (encoding != null) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
          body = in.readAllBytes();
        }
      }
      Map<String, String> parameters = new HashMap<>();
      for (String pair : new String(body, StandardCharsets.US_ASCII).split("&", -1)) {
        int equals = pair.indexOf('=');
        parameters.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
      requests.add(parameters);
      said = answer.apply(parameters);
    }
    byte[] out = said.substring(4).getBytes(StandardCharsets.UTF_8);
    int status = Integer.parseInt(said.substring(0, 3));
    exchange.sendResponseHeaders(status, out.length);
    exchange.getResponseBody().write(out);
    exchange.close();
  }

  private static List<Entry> entries(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Entry(100 + i, "AQ" + i)).toList();
  }

  private static long count(Map<String, String> parameters) {
    return parameters.keySet().stream().filter(name -> name.startsWith("fingerprint.")).count();
  }

  /** Finds each fingerprint as the track of its duration. */
  private static String found(Map<String, String> parameters) {
    StringBuilder all = new StringBuilder("200 {\"status\":\"ok\",\"fingerprints\":[");
    for (int i = 0; i < count(parameters); i++) {
      all.append(i == 0 ? "" : ",")
          .append("{\"index\":" + i + ",\"results\":[{\"score\":0.5,\"id\":\"track ")
          .append(parameters.get("duration." + i) + "\"}]}");
    }
    return all + "]}";
  }

  private static <T> T value(Reply<T> reply) {
    return switch (reply) {
      case Answered<T>(T value) -> value;
      case Failed<T>(IOException cause) -> throw new AssertionError(cause);
    };
  }

  @Test
  void twentyAreAskedForAtATimeAndAnsweredInOrder() throws IOException {
    answer = AcoustidClientTest::found;
    List<Reply<List<LookupResult>>> replies = client.lookup(entries(45), "recordings");
    for (int i = 0; i < 45; i++) {
      assertEquals("track " + (100 + i), value(replies.get(i)).getFirst().id());
    }
    assertEquals(List.of(20L, 20L, 5L), requests.stream().map(r -> count(r)).toList());
    assertEquals("1", requests.getFirst().get("batch"));
    assertEquals("recordings", requests.getFirst().get("meta"));
    assertEquals("key", requests.getFirst().get("client"));
  }

  @Test
  void noRequestIsLongerThanTheServiceTakes() {
    List<Entry> large =
        IntStream.range(0, 10).mapToObj(i -> new Entry(1, "A".repeat(300_000))).toList();
    List<List<Entry>> batches = Batches.of(large);
    assertEquals(10, batches.stream().mapToInt(List::size).sum());
    for (List<Entry> batch : batches) {
      assertTrue(new FormBody().entries(batch).bytes().length <= Batches.MOST_BYTES);
      assertTrue(batch.size() <= 3);
    }
    assertEquals(1, Batches.of(List.of(new Entry(1, "A".repeat(3_000_000)))).size());
  }

  @Test
  void whatIsTooLargeGoesInHalvesAndOnlyTheOneThatNeverFitsFails() throws IOException {
    answer =
        parameters ->
            count(parameters) > 3 || parameters.containsValue("AQ6")
                ? "413 {\"status\":\"error\",\"error\":{\"code\":19,\"message\":\"too large\"}}"
                : found(parameters);
    List<Reply<List<LookupResult>>> replies = client.lookup(entries(12), "");
    for (int i = 0; i < 12; i++) {
      if (i == 6) {
        IOException cause = assertInstanceOf(Failed.class, replies.get(i)).cause();
        assertEquals(19, assertInstanceOf(AcoustidException.class, cause).code());
      } else {
        assertEquals("track " + (100 + i), value(replies.get(i)).getFirst().id());
      }
    }
  }

  @Test
  void whatTheServerLeavesOutHasFailed() throws IOException {
    answer =
        parameters -> "200 {\"status\":\"ok\",\"fingerprints\":[{\"index\":1,\"results\":[]}]}";
    List<Reply<List<LookupResult>>> replies = client.lookup(entries(2), "");
    assertInstanceOf(Failed.class, replies.get(0));
    assertEquals(List.of(), value(replies.get(1)));
  }

  @Test
  void anErrorIsToldWithItsCodeWhateverTheStatus() throws IOException {
    String error = " {\"status\":\"error\",\"error\":{\"code\":4,\"message\":\"invalid API key\"}}";
    for (String status : List.of("400", "200")) {
      answer = parameters -> status + error;
      Reply<List<LookupResult>> reply = client.lookup(entries(1), "").getFirst();
      IOException cause = assertInstanceOf(Failed.class, reply).cause();
      assertEquals("the server refuses: invalid API key (error 4)", cause.getMessage());
    }
  }

  @Test
  void aBusyServerIsAskedAgainAlsoForASubmission() throws IOException {
    answer =
        parameters ->
            requests.size() < 3
                ? "503 {\"status\":\"error\",\"error\":{\"code\":13,\"message\":\"busy\"}}"
                : "200 {\"status\":\"ok\",\"submissions\":[{\"id\":7,\"index\":\"0\","
                    + "\"status\":\"pending\"}]}";
    SubmissionState state = value(client.submit(entries(1)).getFirst());
    assertEquals(new SubmissionState(7, "pending", "", ""), state);
    assertEquals(3, requests.size());
    assertEquals("me", requests.getFirst().get("user"));
  }

  @Test
  void aSubmissionWhoseAnswerMakesNoSenseIsNotSentAgain() throws IOException {
    answer = parameters -> "500 oh";
    assertInstanceOf(Failed.class, client.submit(entries(1)).getFirst());
    assertEquals(1, requests.size());
  }

  @Test
  void bodiesArePackedUntilAServerDoesNotTakeThem() throws IOException {
    answer = AcoustidClientTest::found;
    List<Entry> long1 = List.of(new Entry(1, "A".repeat(5000)));
    client.lookup(long1, "");
    assertEquals(List.of("gzip"), encodings);
    unpacks = false;
    assertEquals("track 1", value(client.lookup(long1, "").getFirst()).getFirst().id());
    client.lookup(long1, "");
    assertEquals(List.of("gzip", "gzip", "null", "null"), encodings);
  }

  @Test
  void textIsSentAsItIs() throws IOException {
    String text = "Motörhead & Söhne = 100 %+\n";
    client.submit(List.of(new Entry(9, "AQ", Map.of("artist", text))));
    assertEquals(text, requests.getFirst().get("artist.0"));
  }

  @Test
  void recordingsReadAsTheyAreCreditedAlsoAsBareNames() throws IOException {
    answer =
        parameters ->
            """
            200 {"status":"ok","results":[{"score":1.0,"id":"t","recordings":[
            {"id":"m","title":"Song","artists":[{"id":"a","name":"One","joinphrase":" & "},
            {"id":"b","name":"Two"}]},{"title":"Other","artists":["Three","Four"]},{"id":"n"}]}]}\
            """;
    LookupResult result = value(client.lookup(entries(1), "").getFirst()).getFirst();
    assertEquals(
        List.of(
            new LookupResult.Recording("m", "Song", "One & Two"),
            new LookupResult.Recording("", "Other", "Three, Four"),
            new LookupResult.Recording("n", "", "")),
        result.recordings());
  }

  @Test
  void anAddressMayEndInAnyWay() {
    for (String end : List.of("", "/", "/v2", "/v2/", "//")) {
      assertEquals(
          "http://h:1/base/v2/", Account.of("http://h:1/base" + end, "", "").service().toString());
    }
    for (String bad : List.of("h:1", "localhost", "ftp://h", "/x", "http:///v2", "a b")) {
      assertThrows(IllegalArgumentException.class, () -> Account.of(bad, "", ""), bad);
    }
    assertTrue(Account.of("https://api.acoustid.org", "", "").isAcoustidOrg());
    assertFalse(Account.of("http://localhost:8080", "", "").isAcoustidOrg());
  }

  @Test
  void turnsAreApartHoweverManyComeAtOnce() {
    Pace pace = new Pace(Duration.ofMillis(334));
    long now = System.nanoTime() + 1_000_000_000;
    long[] waits = IntStream.range(0, 4).mapToLong(i -> pace.reserve(now)).toArray();
    assertEquals(0, waits[0]);
    assertEquals(334_000_000L * 3, waits[3]);
    assertEquals(0, pace.reserve(now + 10_000_000_000L));
  }

  @Test
  void waitingEndsWhenAllAreDecided() throws IOException {
    List<List<Long>> asked = new ArrayList<>();
    SubmissionWait wait =
        new SubmissionWait(
            ids -> {
              asked.add(ids);
              boolean done = asked.size() > 2;
              return ids.stream()
                  .map(id ->
                      id == 1 || done
                          ? new SubmissionState(id, "imported", "t" + id, "")
                          : new SubmissionState(id, "pending", "", ""))
                  .toList();
            },
            600);
    SubmissionState first = new SubmissionState(1, "pending", "", "");
    SubmissionState second = new SubmissionState(2, "pending", "", "");
    wait.await(List.of(first, second));
    assertEquals(List.of(List.of(1L, 2L), List.of(2L), List.of(2L)), asked);
    assertEquals("t2", wait.latest(second).track());
  }
}
