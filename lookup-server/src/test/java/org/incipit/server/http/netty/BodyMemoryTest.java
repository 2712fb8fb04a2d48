package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Method;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.RawClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bodies of all connections may take together. */
class BodyMemoryTest {
  private static final int BUDGET = 256 << 10;
  private static final String GET = "GET /event_loop/hello HTTP/1.1\r\nHost: x\r\n\r\n";

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch mayLeave = new CountDownLatch(1);
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    Router router = Routes.router();
    for (RunsOn place : RunsOn.values()) {
      router.route(
          Method.POST,
          "/" + place.name().toLowerCase(Locale.ROOT) + "/small",
          place,
          1000,
          (request, response) -> response.send("x", request.body()));
    }
    router.post(
        "/keep",
        RunsOn.VIRTUAL,
        (request, response) -> {
          byte[] body = request.body();
          entered.countDown();
          mayLeave.await();
          response.send("kept " + body.length);
        });
    router.route(
        Method.POST,
        "/count",
        RunsOn.VIRTUAL,
        Long.MAX_VALUE,
        (request, response) ->
            response.send("" + request.input().transferTo(OutputStream.nullOutputStream())));
    HttpLimits d = HttpLimits.DEFAULT;
    server =
        TestServer.start(
            router,
            new HttpLimits(
                d.maxHeadBytes(),
                d.maxHeaders(),
                8 << 20,
                8 << 20,
                BUDGET,
                d.maxFrameBytes(),
                d.maxConnections(),
                d.maxPipelined(),
                d.idleTimeout(),
                d.headTimeout(),
                d.requestTimeout(),
                d.writeTimeout()));
  }

  @AfterEach
  void stop() throws IOException {
    mayLeave.countDown();
    server.close();
  }

  private static String post(String path, long length, String headers) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%s\r\n"
        .formatted(path, length, headers);
  }

  private static byte[] packed(int zeros) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(new byte[zeros]);
    }
    return out.toByteArray();
  }

  private void awaitFree(long least, long most) throws InterruptedException {
    for (int i = 0; i < 1000 && (free() < least || free() > most); i++) {
      Thread.sleep(20);
    }
    assertTrue(free() >= least && free() <= most, free() + " bytes are free");
  }

  private long free() {
    return server.freeBodyMemory();
  }

  private static void assertNoRoom(Answer answer) {
    assertEquals(503, answer.status());
    assertEquals("1", answer.header("retry-after"));
    assertEquals("close", answer.header("connection"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute"})
  void whoAsksForMoreThanIsLeftIsRefusedAndTheOthersGoOn(String place) throws Exception {
    int length = 100_000;
    List<RawClient> slow = new ArrayList<>();
    try (RawClient late = server.connect();
        RawClient unannounced = server.connect()) {
      for (int i = 0; i < 2; i++) {
        RawClient client = server.connect();
        slow.add(client);
        client.send(post(place + "/whole", length, "") + "x".repeat(length - 1));
      }
      awaitFree(BUDGET - 2L * length, BUDGET - 2L * length + 2);
      assertNoRoom(late.send(post(place + "/whole", length, "")).read());
      unannounced.send(
          "POST %s/whole HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(place));
      assertNoRoom(unannounced.send("10000\r\n" + "x".repeat(0x10000) + "\r\n").read());
      try (RawClient other = server.connect()) {
        assertEquals("hello", other.send(GET).read().body());
        assertEquals("ok", other.send(post(place + "/whole", 2, "") + "ok").read().body());
      }
      for (RawClient client : slow) {
        assertEquals(length, client.send("x").read().body().length());
      }
      awaitFree(BUDGET, BUDGET);
      assertEquals(200, slow.getFirst().send(post(place + "/whole", 1, "") + "x").read().status());
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
    }
  }

  @Test
  void whatAClientThatLeavesHadSentIsGivenBack() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(post("/compute/whole", 200_000, "") + "x".repeat(150_000));
      awaitFree(0, BUDGET - 150_000);
    }
    awaitFree(BUDGET, BUDGET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void unpackedBytesCount(String place) throws Exception {
    byte[] bomb = packed(4 << 20);
    byte[] little = packed(100_000);
    try (RawClient client = server.connect()) {
      String path = place + "/whole";
      client.send(post(path, little.length, "Content-Encoding: gzip\r\n")).send(little);
      assertEquals(100_000, client.read().body().length());
      client.send(post(path, bomb.length, "Content-Encoding: gzip\r\n")).send(bomb);
      assertEquals(503, client.read().status());
    }
    awaitFree(BUDGET, BUDGET);
  }

  @Test
  void whatAHandlerHasReadCountsUntilItReturns() throws Exception {
    byte[] some = packed(130_000);
    try (RawClient keeper = server.connect();
        RawClient other = server.connect()) {
      keeper.send(post("/keep", some.length, "Content-Encoding: gzip\r\n")).send(some);
      entered.await();
      byte[] body = new byte[200_000];
      assertEquals(
          503, other.send(post("/virtual/whole", body.length, "")).send(body).read().status());
      mayLeave.countDown();
      assertEquals("kept 130000", keeper.read().body());
    }
    awaitFree(BUDGET, BUDGET);
  }

  @Test
  void whatWaitsBehindAnotherGivesItsRoomBackWhenTheOtherSideLeaves() throws Exception {
    // Short enough to come at once.
    String behind = post("/event_loop/whole", 50, "") + "x".repeat(50);
    try (RawClient client = server.connect()) {
      client.send(post("/keep", 50, "") + "x".repeat(50) + behind.repeat(8));
      awaitFree(BUDGET - 9 * 50, BUDGET - 9 * 50);
      client.reset();
    }
    mayLeave.countDown();
    awaitFree(BUDGET, BUDGET);
  }

  @Test
  void streamsGoThroughHoweverLittleIsLeft() throws Exception {
    int length = 5_000_000;
    try (RawClient keeper = server.connect();
        RawClient client = server.connect()) {
      keeper.send(post("/compute/whole", BUDGET, "") + "x".repeat(BUDGET - 1));
      awaitFree(0, 1);
      client.send(post("/virtual/stream", length, ""));
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              client.send("y".repeat(length));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertEquals(length, client.read().body().length());
      sender.join();
      awaitFree(0, 1);
    }
    awaitFree(BUDGET, BUDGET);
  }

  @Test
  void aRouteWithoutLimitUnpacksInAStreamWhateverComes() throws Exception {
    byte[] bomb = packed(50 << 20);
    try (RawClient client = server.connect()) {
      client.send(post("/count", bomb.length, "Content-Encoding: gzip\r\n")).send(bomb);
      assertEquals(String.valueOf(50 << 20), client.read().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event_loop", "/compute", "/virtual"})
  void aRoutesOwnLimitHoldsForWhatIsUnpacked(String place) throws Exception {
    byte[] fits = packed(1000);
    byte[] tooLong = packed(1001);
    String path = place + "/small";
    try (RawClient client = server.connect()) {
      client.send(post(path, fits.length, "Content-Encoding: gzip\r\n")).send(fits);
      assertEquals(1000, client.read().body().getBytes(ISO_8859_1).length);
      client.send(post(path, tooLong.length, "Content-Encoding: gzip\r\n")).send(tooLong);
      assertEquals(413, client.read().status());
    }
  }
}
