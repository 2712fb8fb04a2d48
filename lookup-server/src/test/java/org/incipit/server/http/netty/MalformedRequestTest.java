package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.incipit.server.http.netty.RawClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is not a request gets its status and ends the connection, however it was split. */
class MalformedRequestTest {
  private static final String HEAD = "GET /event_loop/hello HTTP/1.1\r\nHost: x\r\n";
  private static final String CHUNKED =
      "POST /event_loop/whole HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String POST = "POST /event_loop/whole HTTP/1.1\r\nHost: x\r\n";

  private static TestServer server;

  /** Bytes, and the status that they get. */
  private record Case(int status, String bytes) {
    @Override
    public String toString() {
      String shown = bytes.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
      return status + " " + (shown.length() > 150 ? shown.substring(0, 150) + "..." : shown);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start(Routes.router());
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String line :
        List.of(
            "GET  / HTTP/1.1", "GET /  HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ",
            "GET\t/\tHTTP/1.1", "GET /", "GET", "GET / http/1.1", "GET / HTTP/1.1x",
            "GET / HTTP/11", "GET / HTTP/1.", "GET / HTTP/.1", "GET / HTTP/01.1", "GET / HTTP/1.10",
            "GET / HTTPS/1.1", "GET / HTTP 1.1", "GET / HTTP/a.b", "GET / 1.1", "G(T / HTTP/1.1",
            "GE\0T / HTTP/1.1", "G\u00c9T / HTTP/1.1", "GET /a b HTTP/1.1", "GET /\u00e9 HTTP/1.1",
            "GET /a\0b HTTP/1.1", "GET /a\tb HTTP/1.1", "GET /\u007f HTTP/1.1",
            "GET /a#b HTTP/1.1", "GET hello HTTP/1.1", "GET * HTTP/1.1", "GET ftp://x/ HTTP/1.1",
            "GET http:// HTTP/1.1", "GET http://a b/ HTTP/1.1", "GET http://u@h/ HTTP/1.1",
            "GET /a\rb HTTP/1.1", "GET /\r HTTP/1.1", "\r\n\r\nGET / HTTP/1.1",
            "\nGET / HTTP/1.1", "\rGET / HTTP/1.1", "{\"a\": 1}", "\u0016\u0003\u0001\u0002\0\u0001")) {
      cases.add(new Case(400, line + "\r\nHost: x\r\n\r\n"));
    }
    for (String version : List.of("2.0", "0.9", "1.2", "3.0", "9.9", "0.0")) {
      cases.add(new Case(505, "GET / HTTP/" + version + "\r\nHost: x\r\n\r\n"));
    }
    cases.add(new Case(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    for (String method : List.of("TRACE", "CONNECT", "get", "BREW", "PROPFIND", "G")) {
      cases.add(new Case(501, method + " / HTTP/1.1\r\nHost: x\r\n\r\n"));
    }
    for (String host :
        List.of(
            "", "Host:\r\n", "Host: \r\n", "Host: a\r\nHost: a\r\n", "Host: a\r\nhOST: b\r\n",
            "Host: a b\r\n", "Host: a/b\r\n", "Host: a@b\r\n", "Host: a:b\r\n", "Host: a:65536\r\n",
            "Host: a:-1\r\n", "Host: :80\r\n", "Host: [::1\r\n", "Host: ::1\r\n", "Host: [x]\r\n",
            "Host: []\r\n", "Host: a%zz\r\n", "Host: a%\r\n", "Host: a?b\r\n", "Host: \u00e9\r\n",
            "Host: http://a\r\n", "Host: a,b c\r\n", "Host: [::1]x\r\n", "Host: a\\b\r\n")) {
      cases.add(new Case(400, "GET /event_loop/hello HTTP/1.1\r\n" + host + "\r\n"));
    }
    for (String header :
        List.of(
            "A : b", "A\t: b", " A: b", "\tA: b", "A: b\r\n c", "A: b\r\n\tc", "A", "A b", ": b",
            "A: b\0c", "A: b\u0001c", "A: b\u007f", "A: b\rc", "A: b\nC: d", "A(: b", "A\0: b",
            "\u00c9: b", "A,B: c", "\"A\": b", "A: b\r\r", "A@b: c", "[A]: b", "A/: b",
            "Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\nUpgrade: WebSocket\r\nConnection: Upgrade")) {
      cases.add(new Case(400, HEAD + header + "\r\n\r\n"));
    }
    for (String framing :
        List.of(
            "Content-Length: 5\r\nContent-Length: 5", "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 5, 5", "Content-Length: +5", "Content-Length: -5", "Content-Length: 5a",
            "Content-Length: 0x5", "Content-Length: ", "Content-Length: 5 5", "Content-Length: 5.0",
            "Content-Length: 99999999999999999999", "Content-Length: 9223372036854775808",
            "Content-Length: \u0665", "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 5", "Transfer-Encoding: gzip",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked, gzip",
            "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: identity",
            "Transfer-Encoding: ", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked;a=b",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: \u000bchunked")) {
      cases.add(new Case(400, POST + framing + "\r\n\r\nhello"));
    }
    cases.add(
        new Case(
            400, "POST /event_loop/whole HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    for (String chunks :
        List.of(
            "\r\n", ";\r\n", "5;\r\nhello\r\n", "5;;a\r\nhello\r\n", "5; a\r\nhello\r\n",
            "5 ;a\r\nhello\r\n", "5 \r\nhello\r\n", " 5\r\nhello\r\n", "+5\r\nhello\r\n",
            "-5\r\nhello\r\n", "0x5\r\nhello\r\n", "g\r\nhello\r\n", "5\nhello\r\n",
            "5\rhello\r\n", "5\r\r\nhello\r\n", "5;a=\r\nhello\r\n", "5;=b\r\nhello\r\n",
            "5;a=\"b\r\nhello\r\n", "5;a=\"b\"c\r\nhello\r\n", "5;a\nb\r\nhello\r\n",
            "5\r\nhellox\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r0\r\n\r\n",
            "5\r\nhello0\r\n\r\n", "ffffffff\r\nhello", "fffffffffffffffff\r\nhello",
            "5;a=b c\r\nhello\r\n", "5\t\r\nhello\r\n", "5;\u00e9\r\nhello\r\n", "0;\r\n\r\n",
            "0\r\nA : b\r\n\r\n", "0\r\n A: b\r\n\r\n", "0\r\nA\r\n\r\n", "0\r\nA: b\n\r\n",
            "0\r\n\rX", "0\r\nA: b\0\r\n\r\n", "5\r\nhello\r\n0;\r\n\r\n",
            "5\r\nhello\r\n\r\n0\r\n\r\n")) {
      cases.add(new Case(400, CHUNKED + chunks));
    }
    cases.add(new Case(417, POST + "Expect: 200-maybe\r\nContent-Length: 5\r\n\r\nhello"));
    cases.add(new Case(413, POST + "Content-Length: 99999999999\r\n\r\nhello"));
    return cases;
  }

  @TestFactory
  List<DynamicTest> eachIsRefusedAsAWhole() {
    return cases().stream()
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> check(c, c.bytes().length())))
        .toList();
  }

  @Test
  void eachIsRefusedAlikeHoweverItIsSplit() throws IOException {
    int splits = 0;
    for (Case c : cases()) {
      for (int at = 1; at < c.bytes().length(); at++) {
        check(c, at);
        splits++;
      }
    }
    assertTrue(splits > 5_000, splits + " splits");
  }

  private static void check(Case c, int splitAt) throws IOException {
    try (RawClient client = server.connect()) {
      client.send(c.bytes().substring(0, splitAt));
      try {
        client.send(c.bytes().substring(splitAt));
      } catch (SocketException refusedAlready) {
        assertEquals(c.status(), client.read().status(), c + " split at " + splitAt);
        return;
      }
      Answer answer = client.end().read();
      assertEquals(c.status(), answer.status(), c + " split at " + splitAt);
      assertEquals("close", answer.header("connection"), c + " split at " + splitAt);
      assertTrue(client.isEnded(), c + " split at " + splitAt);
    }
  }

  @Test
  void tooLongAHeadIsRefusedWhileItComes() throws IOException {
    String much = "a".repeat(200_000);
    check(new Case(414, "GET /" + much + " HTTP/1.1\r\nHost: x\r\n\r\n"), 100_000);
    check(new Case(431, HEAD + "A: " + much + "\r\n\r\n"), 150_000);
    check(new Case(431, HEAD + "A: b\r\n".repeat(100) + "\r\n"), 300);
  }

  @Test
  void aFingerprintOf118KbFitsIntoAUrl() throws IOException {
    String query = "a".repeat(118 << 10);
    try (RawClient client = server.connect()) {
      client.send("GET /event_loop/hello?f=" + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertEquals(200, client.read().status());
    }
  }
}
