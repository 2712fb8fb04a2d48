package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.incipit.server.http.netty.RawSocket.BINARY;
import static org.incipit.server.http.netty.RawSocket.FIN;
import static org.incipit.server.http.netty.RawSocket.PING;
import static org.incipit.server.http.netty.RawSocket.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.incipit.server.http.netty.RawSocket.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** permessage-deflate, packed and unpacked by the JDK on the client's side. */
class WebSocketDeflateTest {
  private static final int PACKED = 0x40;
  private static final int LIMIT = 1 << 20;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";

  private final Deflater deflater = new Deflater(6, true);
  private final Inflater inflater = new Inflater(true);
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.start(
            new WebSocketRoutes().router(), WebSocketRoutes.limits(LIMIT, LONG, LONG, LONG));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    deflater.close();
    inflater.close();
  }

  private byte[] pack(byte[] bytes) {
    deflater.setInput(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    for (int n = part.length; n == part.length; ) {
      n = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
      out.write(part, 0, n);
    }
    return Arrays.copyOf(out.toByteArray(), out.size() - 4);
  }

  private String unpack(byte[] bytes) throws DataFormatException {
    byte[] whole = Arrays.copyOf(bytes, bytes.length + 4);
    whole[bytes.length + 2] = whole[bytes.length + 3] = (byte) 0xFF;
    inflater.setInput(whole);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    for (int n = inflater.inflate(part); n > 0; n = inflater.inflate(part)) {
      out.write(part, 0, n);
    }
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate | permessage-deflate",
        "permessage-deflate; client_max_window_bits | permessage-deflate",
        "x-webkit-deflate-frame, permessage-deflate | permessage-deflate",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate | permessage-deflate",
        "permessage-deflate; server_no_context_takeover | server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=10 |",
        "permessage-deflate; unknown_parameter |",
        "permessage-inflate |"
      })
  void whatIsOfferedIsTakenIfItCanBeKept(String offer, String taken) throws IOException {
    try (RawSocket client = new RawSocket(server.port())) {
      String head = client.open("/echo", "Sec-WebSocket-Extensions: " + offer);
      String extensions = "sec-websocket-extensions: ";
      int at = head.toLowerCase(Locale.ROOT).indexOf(extensions);
      if (taken == null) {
        assertEquals(-1, at, head);
      } else {
        String line = head.substring(at, head.indexOf("\r\n", at));
        assertTrue(line.contains(taken), line);
        assertFalse(line.contains("server_max_window_bits"), line);
      }
    }
  }

  @Test
  void messagesArePackedBothWaysWithTheMemoryOfThoseBefore() throws Exception {
    String text = "the same again, \u20AC and all ".repeat(100);
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo", OFFER);
      Frame first = client.send(FIN | PACKED | TEXT, pack(text.getBytes(UTF_8))).read();
      assertEquals(FIN | PACKED | TEXT, first.head());
      assertEquals(text, unpack(first.bytes()));
      Frame second = client.send(FIN | PACKED | TEXT, pack(text.getBytes(UTF_8))).read();
      assertEquals(text, unpack(second.bytes()));
      assertTrue(second.payload().size() < first.payload().size());
      Frame plain = client.send(FIN | TEXT, "not packed").read();
      assertEquals("not packed", unpack(plain.bytes()));
    }
  }

  @Test
  void aPackedMessageMayBeInFragmentsWithAPingBetweenThem() throws Exception {
    byte[] packed = pack("f\u00FCr\u00E9".repeat(50).getBytes(UTF_8));
    try (RawSocket client = new RawSocket(server.port())) {
      client.open("/echo", OFFER);
      client.send(PACKED | TEXT, Arrays.copyOf(packed, 1));
      assertEquals("p", client.send(FIN | PING, "p").read().text());
      client.send(0, new byte[0]);
      for (int i = 1; i < packed.length; i++) {
        client.send(0, new byte[] {packed[i]});
      }
      client.send(FIN, new byte[0]);
      assertEquals("f\u00FCr\u00E9".repeat(50), unpack(client.read().bytes()));
    }
  }

  @Test
  void whatBecomesTooBigWhenUnpackedIsRefused() throws IOException {
    byte[] bomb = pack(new byte[64 << 20]);
    assertTrue(bomb.length < LIMIT);
    try (RawSocket whole = new RawSocket(server.port());
        RawSocket parts = new RawSocket(server.port())) {
      whole.open("/echo", OFFER);
      assertEquals(1009, whole.send(FIN | PACKED | BINARY, bomb).readCloseCode());
      parts.open("/echo", OFFER);
      parts.send(PACKED | BINARY, Arrays.copyOf(bomb, 800));
      for (int at = 800; at < 4000; at += 800) {
        parts.send(0, Arrays.copyOfRange(bomb, at, at + 800));
      }
      assertEquals(1009, parts.readCloseCode());
    }
  }

  @Test
  void whatIsPackedWronglyOrNotToBePackedIsRefused() throws IOException {
    try (RawSocket damaged = new RawSocket(server.port());
        RawSocket text = new RawSocket(server.port());
        RawSocket continued = new RawSocket(server.port());
        RawSocket control = new RawSocket(server.port());
        RawSocket other = new RawSocket(server.port());
        RawSocket unasked = new RawSocket(server.port())) {
      damaged.open("/echo", OFFER);
      byte[] nonsense = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 2, 3};
      assertEquals(1007, damaged.send(FIN | PACKED | TEXT, nonsense).readCloseCode());
      text.open("/echo", OFFER);
      byte[] notText = pack(new byte[] {'a', (byte) 0xFF});
      assertEquals(1007, text.send(FIN | PACKED | TEXT, notText).readCloseCode());
      continued.open("/echo", OFFER);
      continued.send(TEXT, "a");
      assertEquals(1002, continued.send(FIN | PACKED, "b").readCloseCode());
      control.open("/echo", OFFER);
      assertEquals(1002, control.send(FIN | PACKED | PING, "").readCloseCode());
      other.open("/echo", OFFER);
      assertEquals(1002, other.send(FIN | 0x20 | TEXT, "").readCloseCode());
      unasked.open("/echo");
      assertEquals(1002, unasked.send(FIN | PACKED | TEXT, "").readCloseCode());
    }
  }
}
