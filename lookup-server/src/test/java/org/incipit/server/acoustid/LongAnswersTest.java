package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.IndexBusyException;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupConfig;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a request can make its answer by asking for the same again and again. */
class LongAnswersTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 400);
  private static final UUID MBID = new UUID(7, 7);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Store.class)
  void aRecordingThatIsNamedSeveralTimesIsAnsweredOnce(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID gid = server.track(TUNE, 50, MBID, null, TextMetadata.NONE);
      String mbid = "&mbid=" + MBID;
      String once =
          "{\"mbids\":[{\"mbid\":\""
              + MBID
              + "\",\"tracks\":[{\"id\":\""
              + gid
              + "\"}]}],\"status\":\"ok\"}";
      String target = "/v2/track/list_by_mbid?batch=1";
      assertEquals(once, server.get(target + mbid.repeat(1001)).text());
      Reply many = server.get(target + mbid.repeat(2) + Query.mbids(999));
      assertEquals(gid.toString(), many.at("mbids", 0, "tracks", 0, "id"));
      assertEquals(new UUID(8, 998).toString(), many.at("mbids", 999, "mbid"));
      requireTooLarge(server.get(target + mbid + Query.mbids(1000)));
      Reply first = server.get("/v2/track/list_by_mbid?" + mbid + Query.mbids(1000));
      assertEquals(gid.toString(), first.at("tracks", 0, "id"), "only a batch has more than one");
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void anAnswerThatIsTooLongIsRefused(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID gid = server.track(TUNE, 50, MBID, "a:0" + "é".repeat(797), TextMetadata.NONE);
      for (int i = 10; i < 50; i++) {
        server.again(TUNE, 50, null, "a:" + i + "é".repeat(796), TextMetadata.NONE);
      }
      StringBuilder hundred = new StringBuilder("client=x&batch=1");
      for (int i = 0; i < 100; i++) {
        hundred.append("&trackid.").append(i).append('=').append(gid);
      }
      Reply ids = server.post("/v2/lookup", hundred + "&meta=recordings");
      assertEquals(
          MBID.toString(), ids.at("fingerprints", 99, "results", 0, "recordings", 0, "id"));
      requireTooLarge(server.post("/v2/lookup", hundred + "&meta=foreignids"));
      Reply xml = server.post("/v2/lookup", hundred + "&meta=foreignids&format=xml");
      assertEquals(200, xml.status(), "which is shorter: JSON is ASCII");
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void foreignIdsOfAllTracksTogetherHaveALimit(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID one = server.track(TUNE, 50, null, null, TextMetadata.NONE);
      addForeignIds(server.catalog, 700);
      UUID two = server.track(TUNE, 50, null, null, TextMetadata.NONE);
      addForeignIds(server.catalog, 700);
      String form = "client=x&batch=1&meta=foreignids&trackid.0=";
      for (UUID each : List.of(one, two)) {
        Reply reply = server.post("/v2/lookup", form + each);
        assertEquals(200, reply.status());
        assertEquals(
            "a:699" + "\u044f".repeat(795),
            reply.at("fingerprints", 0, "results", 0, "foreignids", 699));
      }
      requireTooLarge(server.post("/v2/lookup", form + one + "&trackid.1=" + two));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void soManyLongAnswersAreHeldAtTheSameTime(Store store) throws Exception {
    AtomicInteger held = new AtomicInteger();
    AtomicInteger mostHeld = new AtomicInteger();
    LongAnswers longOnes = new LongAnswers(2, Duration.ofMinutes(1));
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID gid = server.track(TUNE, 50, MBID, "a:b", TextMetadata.NONE);
      List<Asked> asked =
          List.of(
              new Asked(lookups(server.catalog), "client=x&meta=foreignids&trackid=" + gid),
              new Asked(
                  new TrackEndpoints(server.catalog.tracks())::byMbid, "batch=1" + Query.mbids(20)),
              new Asked(new TrackEndpoints(server.catalog.tracks())::fingerprint, "id=1"));
      try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          Asked one = asked.get(i % asked.size());
          done.add(
              threads.submit(() -> {
                for (int round = 0; round < 20; round++) {
                  LongAnswers.Turn turn = longOnes.turn();
                  assertEquals("ok", text(one.answer(turn)));
                  mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
                  Thread.yield();
                  held.decrementAndGet();
                  turn.giveBack();
                }
                return null;
              }));
        }
        for (Future<?> each : done) {
          each.get();
        }
      }
      assertTrue(mostHeld.get() <= 2, "held: " + mostHeld);
      LongAnswers taken = new LongAnswers(1, Duration.ZERO);
      taken.turn().take();
      for (Asked one : asked) {
        assertThrows(IndexBusyException.class, () -> one.answer(taken.turn()));
      }
      Asked few = new Asked(lookups(server.catalog), "client=x&meta=recordings&trackid=" + gid);
      assertEquals("ok", text(few.answer(taken.turn())), "which waits for nobody");
    }
  }

  /** A request to an endpoint. */
  private record Asked(Call.Endpoint endpoint, String query) {
    Fields answer(LongAnswers.Turn turn) throws ApiError, IOException {
      RateLimits limits = new RateLimits(AcoustidConfig.DEFAULT);
      return endpoint.answer(new Call(Query.of(query), "9.9.9.9", false, limits, turn));
    }
  }

  private static String text(Fields answer) {
    return answer.nodes().get("status") instanceof Node.Text status ? status.value() : "none";
  }

  private static LookupEndpoint lookups(Catalog catalog) {
    Lookup lookup = new Lookup((_, _) -> null, catalog.tracks(), LookupConfig.DEFAULT);
    KnownKeys any = new KnownKeys(catalog.keys(), false);
    return new LookupEndpoint(any, catalog.tracks(), lookup, new ServiceCounts());
  }

  /** Adds so many of 800 letters to the newest track. */
  private static void addForeignIds(Catalog catalog, int count) throws IOException {
    OptionalLong nobody = OptionalLong.empty();
    List<NewSubmission> said = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "a:%03d".formatted(i) + "\u044f".repeat(795);
      said.add(
          new NewSubmission(
              nobody, nobody, null, TUNE, 50, null, null, null, null, id, TextMetadata.NONE));
    }
    catalog.submissions().add(said);
    FeedHead head = catalog.feed().head();
    List<Decision> decisions = new ArrayList<>();
    for (Submission submission : catalog.submissions().claim(count)) {
      decisions.add(new Decision.Counted(submission, head.lastFingerprint(), head.lastTrack()));
    }
    assertEquals(count, decisions.size());
    assertTrue(catalog.feed().decide(head, decisions));
  }

  private static void requireTooLarge(Reply reply) throws Exception {
    assertEquals(List.of(413, 19), List.of(reply.status(), reply.at("error", "code")));
  }
}
