package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.Keys.Kind;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.IndexBusyException;
import org.incipit.server.lookup.IndexLoadingException;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of AcoustID's table of errors, in all formats. */
class ErrorTableTest {
  private static final String PRINT = AcoustidServer.print(Tunes.tune(1, 200));
  private static final String TEST1 = AcoustidServer.print(Fingerprint.of(Algorithm.TEST1, 1, 2));
  private static final String GIANT =
      AcoustidServer.print(Fingerprint.of(Algorithm.DEFAULT, new int[1061]));
  private static final String LOOKUP = "/v2/lookup?client=app&";
  private static final String SUBMIT = "/v2/submit?client=app&user=usr&";
  private static final String GOOD = "fingerprint=" + PRINT + "&duration=25";

  @TempDir Path folder;

  /** A request and what it is answered with. */
  private record Row(String target, int status, int code, String message) {}

  private static final List<Row> ROWS =
      List.of(
          missing("/v2/lookup?", "client"),
          missing("/v2/lookup?client=&" + GOOD, "client"),
          missing(LOOKUP, "fingerprint"),
          missing(LOOKUP + "fingerprint.3=" + PRINT, "duration.3"),
          missing(LOOKUP + "fingerprint.3=" + PRINT + "&duration.3=abc", "duration.3"),
          missing(LOOKUP + "fingerprint=&duration=3", "fingerprint"),
          missing("/v2/submit?client=app&" + GOOD, "user"),
          missing(SUBMIT, "fingerprint"),
          missing(SUBMIT + "fingerprint.0=" + PRINT, "duration.0"),
          missing("/v2/submission_status?client=app", "id"),
          missing("/v2/fingerprint?", "id"),
          missing("/v2/track/list_by_mbid?", "mbid"),
          missing("/v2/track/list_by_puid?", "puid"),
          missing("/v2/user/lookup?", "user"),
          missing("/v2/user/create_anonymous?", "client"),
          new Row(LOOKUP + "duration=3&fingerprint=AQAA", 400, 3, "invalid fingerprint"),
          new Row(LOOKUP + "duration=3&fingerprint=" + TEST1, 400, 3, "invalid fingerprint"),
          new Row(SUBMIT + "duration=3&fingerprint=!", 400, 3, "invalid fingerprint"),
          new Row(LOOKUP + "duration=3&fingerprint=" + GIANT, 400, 3, "invalid fingerprint"),
          new Row(SUBMIT + "duration=3&fingerprint=" + GIANT, 400, 3, "invalid fingerprint"),
          new Row("/v2/lookup?client=other&" + GOOD, 400, 4, "invalid API key"),
          new Row("/v2/submit?client=other&user=usr&" + GOOD, 400, 4, "invalid API key"),
          new Row("/v2/submission_status?client=other&id=1", 400, 4, "invalid API key"),
          new Row("/v2/user/create_anonymous?client=other", 400, 4, "invalid API key"),
          noUser("/v2/submit?client=app&user=app&" + GOOD),
          noUser("/v2/user/lookup?user=x"),
          noUuid(LOOKUP + "trackid.7=1-1-1-1-1", "trackid.7"),
          noUuid(SUBMIT + GOOD + "&mbid=x", "mbid"),
          noUuid(SUBMIT + GOOD + "&puid=x", "puid"),
          noUuid("/v2/track/list_by_mbid?mbid=x", "mbid"),
          noUuid("/v2/track/list_by_puid?puid=x", "puid"),
          notPositive(LOOKUP + "duration=-1&fingerprint=" + PRINT, 8, "duration"),
          notPositive(SUBMIT + "duration.0=-1&fingerprint.0=" + PRINT, 8, "duration.0"),
          notPositive(SUBMIT + "duration=32768&fingerprint=" + PRINT, 8, "duration"),
          notPositive(SUBMIT + GOOD + "&bitrate=-1", 9, "bitrate"),
          new Row(
              SUBMIT + GOOD + "&foreignid=Shelf:1",
              400,
              10,
              "parameter \"foreignid\" is not a valid foreign ID, it must be in the format"
                  + " vendor:id"),
          noRange(LOOKUP + GOOD + "&maxdurationdiff=0"),
          noRange(LOOKUP + GOOD + "&maxdurationdiff=31"),
          new Row("/v2/user/create_anonymous?client=app", 400, 12, "not allowed"),
          new Row("/v2/fingerprint?id=999", 404, 18, "fingerprint not found"),
          new Row("/v2/fingerprint?id=-1", 404, 18, "fingerprint not found"),
          new Row(LOOKUP + tooMany(), 413, 19, "request too large"),
          new Row(
              "/v2/track/list_by_mbid?batch=1" + Query.mbids(1001), 413, 19, "request too large"));

  private static String tooMany() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 21; i++) {
      many.append("&fingerprint.").append(i).append("=AQAA");
    }
    return many.toString();
  }

  private static Row missing(String target, String name) {
    return new Row(target, 400, 2, "missing required parameter \"" + name + "\"");
  }

  private static Row noUser(String target) {
    String message = "invalid user API key (\"User with the API key does not exist\")";
    return new Row(target, 400, 6, message);
  }

  private static Row noUuid(String target, String name) {
    return new Row(target, 400, 7, "parameter \"" + name + "\" is not a valid UUID");
  }

  private static Row notPositive(String target, int code, String name) {
    return new Row(target, 400, code, "parameter \"" + name + "\" must be a positive integer");
  }

  private static Row noRange(String target) {
    return new Row(target, 400, 11, "parameter \"maxdurationdiff\" must be between 1 and 30");
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void everyRowIsAnsweredInEveryFormat(Store store) throws Exception {
    try (AcoustidServer server = required(store)) {
      for (Row row : ROWS) {
        requireInAllFormats(server, row);
      }
      Reply format = server.get(LOOKUP + "format=yaml&" + GOOD);
      assertEquals("application/json; charset=UTF-8", format.type());
      assertEquals("unknown format \"yaml\"", format.at("error", "message"));
      assertEquals(1, format.at("error", "code"));
      assertEquals(400, format.status());
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void whatTheServerCannotDoIsAnErrorOfTheTableToo(Store store) throws Exception {
    try (AcoustidServer server = required(store)) {
      server.broken =
          (query, timeout) -> {
            throw new IndexLoadingException("10 of 20");
          };
      Row loading =
          new Row(LOOKUP + GOOD, 503, 13, "service currently unavailable, try again later");
      requireInAllFormats(server, loading);
      assertEquals("1", server.get(LOOKUP + GOOD).headers().get("retry"));
      assertEquals("503 loading", health(server));
      server.broken =
          (query, timeout) -> {
            throw new IndexBusyException(new RejectedExecutionException("for a test"));
          };
      requireInAllFormats(server, loading);
      assertEquals("503 busy", health(server));
      server.broken =
          (query, timeout) -> {
            throw new IllegalStateException("for a test");
          };
      requireInAllFormats(server, new Row(LOOKUP + GOOD, 500, 5, "internal error"));
      server.broken =
          (query, timeout) -> {
            throw new IOException("the disk, for a test");
          };
      requireInAllFormats(server, new Row(LOOKUP + GOOD, 500, 5, "internal error"));
      server.broken = null;
      assertEquals("200 ok", health(server));
    }
  }

  private static String health(AcoustidServer server) throws IOException {
    Reply reply = server.get("/_health_docker");
    assertEquals(reply.text(), server.get("/_health_ro").text());
    return reply.status() + " " + reply.text();
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void aBodyThatIsTooLongIsTooLargeInTheFormatOfTheQuery(Store store) throws Exception {
    try (AcoustidServer server = required(store)) {
      byte[] long1 = ("a=" + "b".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII);
      String form = "Content-Type: " + AcoustidServer.FORM;
      for (byte[] body : List.of(long1, AcoustidServer.gzip(long1))) {
        String[] headers =
            body == long1 ? new String[] {form} : new String[] {form, "Content-Encoding: gzip"};
        requireTooLarge(server.send("POST", "/v2/lookup?format=xml", body, headers));
      }
      byte[] many = "a&".repeat(30_001).getBytes(StandardCharsets.US_ASCII);
      requireTooLarge(server.send("POST", "/v2/submit?format=xml", many, form));
      requireTooLarge(
          server.send(
              "POST",
              "/v2/lookup?format=xml",
              parts(1001),
              "Content-Type: multipart/form-data; boundary=x"));
      Reply damaged =
          server.send("POST", "/v2/lookup", new byte[] {1, 2, 3}, form, "Content-Encoding: gzip");
      assertEquals(400, damaged.status());
      assertEquals("text/plain; charset=UTF-8", damaged.type());
      assertEquals("*", damaged.headers().get("origin"));
    }
  }

  private static void requireTooLarge(Reply reply) {
    assertEquals(413, reply.status());
    assertEquals("text/xml; charset=UTF-8", reply.type());
    assertTrue(reply.text().contains("<code>19</code>"), reply.text());
    assertEquals("*", reply.headers().get("origin"));
  }

  private static byte[] parts(int number) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < number; i++) {
      body.append("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n");
    }
    return body.append("--x--\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void whoAsksTooMuchIsToldSoAfterWhatIsWrongWithTheRequest(Store store) throws Exception {
    AcoustidConfig config =
        new AcoustidConfig("", false, true, 0, 0, 1, TrustedProxies.of(List.of("127.0.0.1")));
    try (AcoustidServer server = new AcoustidServer(store, folder, config)) {
      int ok = 0;
      Reply refused = server.get(LOOKUP + GOOD);
      while (refused.status() == 200 && ok < 1000) {
        ok++;
        refused = server.get(LOOKUP + GOOD);
      }
      assertTrue(ok >= 20 && ok < 1000, "a burst of " + ok);
      assertEquals(429, refused.status());
      String message = "rate limit (1.000000 requests per second) exceeded, try again later";
      assertEquals(message, refused.at("error", "message"));
      assertEquals(14, refused.at("error", "code"));
      assertEquals("1", refused.headers().get("retry"));
      assertEquals(2, server.get(LOOKUP).at("error", "code"));
      Reply other = server.send("GET", LOOKUP + GOOD, new byte[0], "X-Forwarded-For: 9.9.9.9");
      assertEquals(200, other.status());
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void pathsThatDoNotExistAreALineOfText(Store store) throws Exception {
    try (AcoustidServer server = required(store)) {
      for (String path :
          List.of("/v2", "/v2/", "//v2", "/v2/nothing", "/v2/lookup/x", "/v2/a/b/c", "/v2//x")) {
        Reply reply = server.get(path);
        assertEquals(404, reply.status(), path);
        assertEquals("text/plain; charset=UTF-8", reply.type(), path);
        assertEquals("*", reply.headers().get("origin"), path);
        Reply put = server.send("PUT", path, new byte[0]);
        assertEquals("404 text/plain; charset=UTF-8", put.status() + " " + put.type(), path);
      }
      for (String path : List.of("/v2/lookup/", "/v2//lookup", "//v2/lookup//")) {
        assertEquals(2, server.get(path).at("error", "code"), path);
        assertEquals(2, server.post(path, "format=json").at("error", "code"), path);
      }
      assertEquals("application/json; charset=UTF-8", server.get("/main").type());
    }
  }

  private AcoustidServer required(Store store) throws IOException {
    AcoustidServer server =
        new AcoustidServer(
            store, folder, new AcoustidConfig("", true, false, 0, 0, 0, TrustedProxies.NONE));
    assertTrue(server.catalog.keys().add(Kind.APPLICATION, "a program", "app"));
    assertTrue(server.catalog.keys().add(Kind.USER, "a user", "usr"));
    return server;
  }

  private static void requireInAllFormats(AcoustidServer server, Row row) throws IOException {
    String error = "{\"code\":" + row.code + ",\"message\":" + quoted(row.message) + "}";
    String json = "{\"error\":" + error + ",\"status\":\"error\"}";
    require(server, row, "json", "application/json; charset=UTF-8", json);
    require(
        server,
        row,
        "jsonp",
        "application/javascript; charset=UTF-8",
        "jsonAcoustidApi(" + json + ")");
    require(
        server,
        row,
        "xml",
        "text/xml; charset=UTF-8",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><error><code>"
            + row.code
            + "</code><message>"
            + row.message
            + "</message></error><status>error</status></response>");
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  private static void require(
      AcoustidServer server, Row row, String format, String type, String body) throws IOException {
    Reply get = server.get(row.target + "&format=" + format);
    assertEquals(body, get.text(), row.target);
    assertEquals(row.status, get.status(), row.target);
    assertEquals(type, get.type(), row.target);
    assertEquals("*", get.headers().get("origin"), row.target);
    int question = row.target.indexOf('?');
    String form = row.target.substring(question + 1) + "&format=" + format;
    Reply post = server.post(row.target.substring(0, question), form);
    assertEquals(body, post.text(), "POST " + row.target);
    assertEquals(row.status, post.status(), "POST " + row.target);
  }
}
