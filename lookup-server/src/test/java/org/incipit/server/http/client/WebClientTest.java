package org.incipit.server.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebClientTest {
  private static final ClientLimits LIMITS =
      new ClientLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          100_000,
          3,
          Duration.ofMillis(1),
          Duration.ofSeconds(2));

  private final WebClient client = new WebClient(LIMITS);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    client.close();
    server.stop(0);
    threads.close();
  }

  @Test
  void anAnswerIsReadWhole() throws IOException {
    serve(exchange -> {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      exchange.getResponseHeaders().set("X-Type", type + exchange.getRequestMethod());
      answer(exchange, 201, exchange.getRequestBody().readAllBytes());
    });
    Answer answer = client.send(Call.put(uri(), "text/x", bytes("h\u00e9llo")));
    assertEquals(
        "201 h\u00e9llo text/xPUT",
        answer.status() + " " + answer.text() + " " + answer.header("x-type"));
    assertNull(answer.header("X-Other"));
    assertEquals("", client.send(Call.delete(uri()).header("Content-Type", "a")).text());
  }

  @Test
  void aPackedAnswerIsUnpacked() throws IOException {
    serve(exchange -> {
      assertEquals("gzip", exchange.getRequestHeaders().getFirst("Accept-Encoding"));
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      answer(exchange, 200, packed("hello".repeat(1000)));
    });
    assertEquals("hello".repeat(1000), client.send(Call.get(uri())).text());
  }

  @Test
  void anAnswerBeyondTheLimitIsRefusedHoweverItComes() throws IOException {
    serve(exchange -> {
      switch (exchange.getRequestURI().getPath()) {
        case "/length" -> answer(exchange, 200, new byte[100_001]);
        case "/fits" -> answer(exchange, 200, new byte[100_000]);
        case "/chunks" -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[100_001]);
          exchange.close();
        }
        default -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          answer(exchange, 200, packed("x".repeat(10_000_000)));
        }
      }
    });
    assertEquals(100_000, client.send(Call.get(uri("/fits"))).body().length);
    for (String path : new String[] {"/length", "/chunks", "/gzip"}) {
      assertThrows(BodyLimitException.class, () -> client.send(Call.get(uri(path))), path);
    }
  }

  @Test
  void aRefusalSaysItsStatusAndWhatThePeerSaid() throws IOException {
    serve(exchange -> answer(exchange, 404, bytes("no such index\n")));
    URI uri = uri("/x?secret=1");
    RefusedException e = assertThrows(RefusedException.class, () -> client.send(Call.get(uri)));
    assertEquals("404 no such index", e.status() + " " + e.text());
    assertEquals("GET " + uri("/x") + ": status 404: no such index", e.getMessage());
    assertEquals(1, calls.get());
  }

  @Test
  void aBusyPeerIsAskedAgainIfThatDoesNoHarm() throws IOException {
    serve(exchange -> {
      boolean busy = calls.get() % 3 != 0;
      answer(exchange, busy ? 503 : 200, bytes(busy ? "busy" : "ok"));
    });
    assertEquals("ok", client.send(Call.get(uri())).text());
    assertEquals(3, calls.get());
    Call post = Call.post(uri(), "a/b", bytes("x"));
    assertThrows(RefusedException.class, () -> client.send(post));
    assertEquals(4, calls.getAndSet(0));
    assertEquals("ok", client.send(post.repeatable()).text());
  }

  @Test
  void aPeerThatIsAlwaysBusyIsAskedAsOftenAsAllowed() throws IOException {
    serve(exchange -> answer(exchange, 429, new byte[0]));
    assertThrows(RefusedException.class, () -> client.send(Call.get(uri())));
    assertEquals(3, calls.get());
  }

  @Test
  void aPeerThatWantsALongerPauseIsNotAskedAgain() throws IOException {
    serve(exchange -> {
      exchange.getResponseHeaders().set("Retry-After", "3");
      answer(exchange, 503, new byte[0]);
    });
    assertThrows(RefusedException.class, () -> client.send(Call.get(uri())));
    assertEquals(1, calls.get());
  }

  @Test
  void pausesGrowAndHeedWhatThePeerSays() {
    Patience patience = new Patience(Duration.ofMillis(100), Duration.ofSeconds(5));
    Instant now = Instant.ofEpochSecond(1_800_000_000);
    for (int i = 0; i < 100; i++) {
      between(50, 150, patience.pause(1, null, now));
      between(200, 600, patience.pause(3, "nonsense", now));
      between(5000, 5000, patience.pause(40, "-1", now));
    }
    between(2000, 2000, patience.pause(1, " 2 ", now));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(4).atOffset(ZoneOffset.UTC));
    between(4000, 4000, patience.pause(1, date, now));
    between(50, 150, patience.pause(1, date, now.plusSeconds(9)));
    assertNull(patience.pause(1, "6", now));
    assertNull(patience.pause(1, "999999999999999999", now));
  }

  @Test
  void whoDoesNotAnswerInTimeHasNotAnswered() throws IOException {
    serve(exchange -> await(over));
    Call call = Call.get(uri());
    assertThrows(NoAnswerException.class, () -> within(100, () -> client.send(call)));
    assertThrows(NoAnswerException.class, () -> within(0, () -> client.send(call)));
    assertEquals(1, calls.get());
  }

  @Test
  void whoStopsInTheMiddleHasNotAnswered() throws IOException {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes("begin"));
      exchange.getResponseBody().flush();
      await(over);
    });
    Call call = Call.get(uri());
    assertThrows(NoAnswerException.class, () -> within(300, () -> client.send(call)));
    assertThrows(
        NoAnswerException.class,
        () ->
            within(
                300,
                () -> {
                  try (StreamedAnswer answer = client.open(call)) {
                    assertEquals("begin", text(answer.body().readNBytes(5)));
                    return answer.body().read();
                  }
                }));
  }

  @Test
  void whatHasFailedNeverLooksLikeTheEnd() throws IOException {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes("begin"));
      exchange.getResponseBody().flush();
      await(over);
    });
    Call call = Call.get(uri());
    within(
        300,
        () -> {
          try (StreamedAnswer answer = client.open(call)) {
            InputStream in = answer.body();
            assertThrows(IOException.class, in::readAllBytes);
            assertThrows(IOException.class, in::read);
            return null;
          }
        });
    StreamedAnswer closed = client.open(call);
    closed.close();
    assertThrows(IOException.class, closed.body()::read);
  }

  @Test
  void theDeadlineCutsAStreamThatNeverPauses() throws IOException {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] piece = new byte[50_000];
      while (over.getCount() > 0) {
        exchange.getResponseBody().write(piece);
      }
    });
    assertThrows(
        NoAnswerException.class,
        () ->
            within(
                300,
                () -> {
                  try (StreamedAnswer answer = client.open(Call.get(uri()))) {
                    byte[] piece = new byte[1000];
                    while (answer.body().read(piece) > 0) {
                      assertEquals(0, piece[0]);
                    }
                    return null;
                  }
                }));
  }

  @Test
  void closingAStreamThatIsHalfReadEndsItsConnection() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try {
        while (true) {
          exchange.getResponseBody().write(new byte[50_000]);
        }
      } catch (IOException gone) {
        ended.countDown();
        throw gone;
      }
    });
    try (StreamedAnswer answer = client.open(Call.get(uri()))) {
      assertEquals(0, answer.body().read());
    }
    ended.await();
  }

  @Test
  void aRefusalStaysOneHoweverItIsPacked() throws IOException {
    serve(exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      boolean later = calls.get() % 2 == 0;
      answer(exchange, later ? 404 : 503, later ? bytes("plain") : new byte[0]);
    });
    RefusedException e = assertThrows(RefusedException.class, () -> client.send(Call.get(uri())));
    assertEquals(404, e.status());
    assertEquals(2, calls.get());
  }

  @Test
  void anAnswerPackedWronglyIsNone() throws IOException {
    serve(exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      byte[] packed = packed("hello".repeat(1000));
      boolean cut = exchange.getRequestURI().getPath().equals("/cut");
      answer(exchange, 200, cut ? Arrays.copyOf(packed, packed.length - 9) : bytes("plain"));
    });
    for (String path : new String[] {"/cut", "/plain"}) {
      NoAnswerException e =
          assertThrows(NoAnswerException.class, () -> client.send(Call.get(uri(path))), path);
      assertEquals(
          "GET " + uri(path) + ": the answer is packed wrongly",
          e.getMessage().replaceAll("wrongly.*", "wrongly"));
    }
  }

  @Test
  void headersCannotBringOthersWithThem() {
    for (String bad : new String[] {"a\r\nX: b", "a\nb", "a\0"}) {
      assertThrows(
          IllegalArgumentException.class, () -> client.send(Call.get(uri()).header("X-A", bad)));
    }
    assertThrows(
        IllegalArgumentException.class, () -> client.send(Call.get(uri()).header("X: a\r\n", "b")));
    assertEquals(0, calls.get());
  }

  @Test
  void whoBreaksOffIsAskedAgainAndHasNotAnswered() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> {
        while (!socket.isClosed()) {
          try (var peer = socket.accept()) {
            peer.getInputStream().read(new byte[9999]);
            calls.incrementAndGet();
            peer.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"));
          } catch (IOException closed) {
            return;
          }
        }
      });
      URI uri = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
      assertThrows(NoAnswerException.class, () -> client.send(Call.get(uri)));
      assertEquals(3, calls.get());
    }
  }

  @Test
  void whoIsNotThereHasNotAnswered() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    assertThrows(NoAnswerException.class, () -> client.send(Call.get(uri)));
  }

  @Test
  void aStreamComesWholeAndItsLengthIsNotLimited() throws IOException {
    byte[] content = new byte[3_000_000];
    new Random(20261122).nextBytes(content);
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(content);
      }
    });
    try (StreamedAnswer answer = client.open(Call.get(uri()))) {
      InputStream in = answer.body();
      assertEquals(content[0] & 0xFF, in.read());
      assertArrayEquals(Arrays.copyOfRange(content, 1, content.length), in.readAllBytes());
      assertEquals(-1, in.read());
    }
    client.open(Call.get(uri())).close();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    serve(exchange -> {
      asked.countDown();
      await(over);
    });
    var result = new CompletableFuture<Throwable>();
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            client.send(Call.get(uri()));
          } catch (IOException e) {
            result.complete(Thread.currentThread().isInterrupted() ? e : null);
          }
        });
    asked.await();
    caller.interrupt();
    assertEquals(InterruptedIOException.class, result.get().getClass());
  }

  private static <T> T within(long millis, ScopedValue.CallableOp<T, IOException> body)
      throws IOException {
    return Deadline.callWithin(Duration.ofMillis(millis), body);
  }

  private static void between(long least, long most, Duration pause) {
    assertEquals(Math.clamp(pause.toMillis(), least, most), pause.toMillis());
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          handler.handle(exchange);
        });
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes(text));
    }
    return packed.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private URI uri() {
    return uri("/");
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
