package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.incipit.server.http.netty.RawSocket.BINARY;
import static org.incipit.server.http.netty.RawSocket.CLOSE;
import static org.incipit.server.http.netty.RawSocket.FIN;
import static org.incipit.server.http.netty.RawSocket.PING;
import static org.incipit.server.http.netty.RawSocket.PONG;
import static org.incipit.server.http.netty.RawSocket.TEXT;
import static org.incipit.server.http.netty.RawSocket.closing;
import static org.incipit.server.http.netty.RawSocket.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What breaks RFC 6455, and the code of the answer, however it is split. */
class WebSocketViolationTest {
  private static final int LIMIT = 40;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int CONTINUATION = 0;

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        TestServer.start(
            new WebSocketRoutes().router(), WebSocketRoutes.limits(LIMIT, LONG, LONG, LONG));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static Arguments violation(String what, int code, byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return Arguments.of(what, code, HexFormat.of().formatHex(all.toByteArray()));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] f(int head, String hex) {
    return frame(head, bytes(hex));
  }

  static Stream<Arguments> violations() {
    return Stream.of(
            framing(), controls(), fragments(), closes(), texts(), sizes())
        .flatMap(cases -> cases);
  }

  private static Stream<Arguments> framing() {
    return Stream.of(
        violation("the first reserved bit", 1002, f(FIN | 0x40 | TEXT, "61")),
        violation("the second reserved bit", 1002, f(FIN | 0x20 | TEXT, "61")),
        violation("the third reserved bit", 1002, f(FIN | 0x10 | BINARY, "61")),
        violation("all reserved bits in a ping", 1002, f(FIN | 0x70 | PING, "61")),
        violation("a text without a mask", 1002, bytes("81 01 61")),
        violation("a ping without a mask", 1002, bytes("89 00")),
        violation("a Close without a mask", 1002, bytes("88 02 03 e8")),
        violation("a length of 5 in 16 bits", 1002, bytes("82 fe 0005 00000000 0000000000")),
        violation("a length of 5 in 64 bits", 1002, bytes("82 ff 0000000000000005 00000000")),
        violation("a length with its first bit set", 1002, bytes("82 ff 8000000000000000")));
  }

  private static Stream<Arguments> controls() {
    byte[] long126 = new byte[126];
    Stream<Arguments> opcodes =
        IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
            .mapToObj(code -> violation("opcode " + code, 1002, f(FIN | code, "")));
    return Stream.concat(
        opcodes,
        Stream.of(
            violation("opcode 3 with a payload", 1002, f(FIN | 3, "616263")),
            violation("a ping in fragments", 1002, f(PING, "61")),
            violation("a pong in fragments", 1002, f(PONG, "61")),
            violation("a Close in fragments", 1002, f(CLOSE, "03e8")),
            violation("a ping of 126 bytes", 1002, frame(FIN | PING, long126)),
            violation("a pong of 126 bytes", 1002, frame(FIN | PONG, long126)),
            violation("a Close of 126 bytes", 1002, frame(FIN | CLOSE, long126))));
  }

  private static Stream<Arguments> fragments() {
    byte[] begun = f(TEXT, "61");
    return Stream.of(
        violation("a continuation of nothing", 1002, f(FIN | CONTINUATION, "61")),
        violation("the begin of a continuation of nothing", 1002, f(CONTINUATION, "61")),
        violation("text within text", 1002, begun, f(FIN | TEXT, "62")),
        violation("binary within text", 1002, begun, f(FIN | BINARY, "62")),
        violation("a message begun within another", 1002, begun, f(TEXT, "62")),
        violation(
            "a continuation after the end",
            1002,
            begun,
            f(FIN | CONTINUATION, "62"),
            f(FIN | CONTINUATION, "63")));
  }

  private static Stream<Arguments> closes() {
    Stream<Arguments> codes =
        IntStream.of(0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32_768, 65_535)
            .mapToObj(code -> violation("closed with " + code, 1002, closing(code, "")));
    return Stream.concat(
        codes,
        Stream.of(
            violation("half a code", 1002, f(FIN | CLOSE, "03")),
            violation("a reason that is not UTF-8", 1007, f(FIN | CLOSE, "03e8 ff")),
            violation("a reason that ends within a character", 1007, f(FIN | CLOSE, "03e8 c3"))));
  }

  private static Stream<Arguments> texts() {
    Stream<Arguments> whole =
        Stream.of(
                "ff", "80", "c080", "c3", "e282", "eda080", "edbfbf", "f4908080", "f09f98", "61c361")
            .map(hex -> violation("text " + hex, 1007, f(FIN | TEXT, hex)));
    return Stream.concat(
        whole,
        Stream.of(
            violation("cut at the end", 1007, f(TEXT, "e2"), f(FIN | CONTINUATION, "82")),
            violation("cut, then nothing", 1007, f(TEXT, "c3"), f(FIN | CONTINUATION, "")),
            violation("cut, then wrong", 1007, f(TEXT, "c3"), f(FIN | CONTINUATION, "41")),
            violation("wrong before the last fragment", 1007, f(TEXT, "61ff")),
            violation("wrong over two fragments", 1007, f(TEXT, "f4"), f(CONTINUATION, "90")),
            violation(
                "wrong after a ping",
                1007,
                f(TEXT, "c3"),
                f(FIN | PING, ""),
                f(FIN | CONTINUATION, "c3"))));
  }

  private static Stream<Arguments> sizes() {
    return Stream.of(
        violation("a frame that is too big", 1009, frame(FIN | BINARY, new byte[LIMIT + 1])),
        violation("only the head of one", 1009, bytes("82 fe 1000")),
        violation("only the head of a huge one", 1009, bytes("82 ff 00000000ffffffff")),
        violation(
            "binary too big together",
            1009,
            frame(BINARY, new byte[LIMIT]),
            frame(FIN | CONTINUATION, new byte[1])),
        violation(
            "text too big together",
            1009,
            frame(TEXT, new byte[LIMIT - 1]),
            frame(CONTINUATION, new byte[2])));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("violations")
  void isAnsweredWithItsCodeHoweverItIsSplit(String what, int code, String hex) throws Exception {
    byte[] all = bytes(hex);
    for (int split = 0; split < all.length; split++) {
      try (RawSocket client = new RawSocket(server.port())) {
        client.open("/echo");
        client.send(Arrays.copyOf(all, split));
        if (split > 0) {
          // Long enough for the server to see the parts apart as a rule; nothing depends on it.
          Thread.sleep(0, 300_000);
        }
        try {
          client.send(Arrays.copyOfRange(all, split, all.length));
        } catch (IOException refusedAlready) {
          assertEquals(code, client.readCloseCode(), what + " split at " + split);
          continue;
        }
        assertEquals(code, client.readCloseCode(), what + " split at " + split);
      }
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("violations")
  void isAnsweredWithItsCodeRightBehindTheRequest(String what, int code, String hex)
      throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(RawSocket.handshake("/echo").getBytes(ISO_8859_1));
    all.writeBytes(frame(FIN | TEXT, new byte[] {'x'}));
    all.writeBytes(bytes(hex));
    try (RawSocket client = new RawSocket(server.port())) {
      client.send(all.toByteArray());
      client.head();
      assertEquals(code, client.readCloseCode(), what);
    }
  }
}
