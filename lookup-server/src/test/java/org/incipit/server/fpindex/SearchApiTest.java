package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.incipit.server.index.catalog.IndexLease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches, one and several. */
class SearchApiTest extends ApiTest {
  @BeforeEach
  void fill() throws Exception {
    server.json(200, "PUT", "/a", "");
    server.json(
        200,
        "POST",
        "/a/_update",
        "{\"changes\":["
            + "{\"insert\":{\"id\":4294967295,\"hashes\":[1,2,3,4,5,6,7,8,9,10]}},"
            + "{\"insert\":{\"id\":2,\"hashes\":[1,2,3,4,5,5,5]}},"
            + "{\"insert\":{\"id\":3,\"hashes\":[1,2,3,4,5]}},"
            + "{\"insert\":{\"id\":4,\"hashes\":[1,4294967295]}}]}");
  }

  private void found(String wanted, String query) throws Exception {
    String path = "/a/_search";
    assertEquals("{\"results\":" + wanted + "}", server.json(200, "POST", path, query), query);
    String packed = wanted.replace("\"id\"", "\"i\"").replace("\"score\"", "\"s\"");
    assertEquals("{\"r\":" + packed + "}", server.packed(200, "POST", path, query), query);
  }

  private static String hit(long id, int score) {
    return "{\"id\":" + id + ",\"score\":" + score + "}";
  }

  @Test
  void theBestComeFirstThenTheSmallerIds() throws Exception {
    found(
        "[" + hit(4294967295L, 6) + "," + hit(2, 5) + "," + hit(3, 5) + "," + hit(4, 1) + "]",
        "{\"query\":[6,5,4,3,2,1,1,1]}");
    found("[" + hit(4, 1) + "]", "{\"query\":[4294967295]}");
    found("[]", "{\"query\":[99]}");
    found("[]", "{\"query\":[]}");
  }

  @Test
  void limitFloorAndPercentHold() throws Exception {
    String query = "{\"query\":[1,2,3,4,5,6]";
    found("[" + hit(4294967295L, 6) + "]", query + ",\"limit\":1}");
    found("[" + hit(4294967295L, 6) + "]", query + ",\"limit\":0}");
    found("[" + hit(4294967295L, 6) + "]", query + ",\"min_score\":6}");
    found("[]", query + ",\"min_score\":7}");
    // 75 % of 6 is 4.5, rounded 5; 92 % is 5.52, rounded 6.
    String three = hit(4294967295L, 6) + "," + hit(2, 5) + "," + hit(3, 5);
    found("[" + three + "]", query + ",\"score_pct\":75}");
    found("[" + hit(4294967295L, 6) + "]", query + ",\"score_pct\":92}");
    found("[" + three + "," + hit(4, 1) + "]", query + ",\"score_pct\":0}");
    // 108 % of 6 is 6.48, rounded 6; 109 % is 6.54, rounded 7.
    found("[" + hit(4294967295L, 6) + "]", query + ",\"score_pct\":108}");
    found("[]", query + ",\"score_pct\":109}");
  }

  @Test
  void theDefaultFloorIsATwentiethOfTheQueryAsItCame() throws Exception {
    String five = "1,2,3,4,5,";
    found(
        "[" + hit(2, 5) + "," + hit(3, 5) + "," + hit(4294967295L, 5) + "]",
        "{\"query\":[" + five.repeat(20).substring(0, 199) + "]}");
    found("[]", "{\"query\":[" + five.repeat(20) + "1]}");
  }

  @Test
  void aLongQueryIsAnsweredLikeAShortOne() throws Exception {
    String hashes =
        IntStream.range(1, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    found(
        "[" + hit(4294967295L, 10) + "," + hit(2, 5) + "," + hit(3, 5) + "," + hit(4, 1) + "]",
        "{\"min_score\":1,\"query\":[" + hashes + "],\"timeout\":10000}");
  }

  @Test
  void aSearchPastItsDeadlineFindsNothingAtAll() throws Exception {
    // A body of that length is read by the one thread there is for this index.
    String late = "{\"query\":[" + "4294967295,".repeat(99_999) + "1],\"timeout\":1}";
    CountDownLatch mayGoOn = new CountDownLatch(1);
    server.searches.small().of("a").execute(() -> awaitQuietly(mayGoOn));
    server.handled.drainPermits();
    FutureTask<String> asked = new FutureTask<>(() -> server.json(503, "POST", "/a/_search", late));
    Thread.ofVirtual().start(asked);
    server.handled.acquire();
    Thread.sleep(Duration.ofMillis(200));
    mayGoOn.countDown();
    assertEquals("{\"error\":\"SearchTimeout\"}", asked.get());
    String none = late.replace("\"timeout\":1", "\"timeout\":0,\"min_score\":2");
    found("[" + hit(4, 2) + "]", none);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatWasUpdatedIsFoundAtOnce() throws Exception {
    for (int i = 1; i <= 50; i++) {
      server.json(200, "POST", "/a/_update", insert(100, Integer.toString(1000 + i)));
      found("[" + hit(100, 1) + "]", "{\"query\":[" + (1000 + i) + "]}");
      found("[]", "{\"query\":[" + (999 + i) + "]}");
    }
  }

  @Test
  void aBatchHasOneAnswerForEachQuery() throws Exception {
    String batch =
        "{\"queries\":[{\"query\":[4294967295]},{\"query\":[99]},"
            + "{\"query\":[1,2,3,4,5,6],\"limit\":1,\"timeout\":0}]}";
    assertEquals(
        "{\"answers\":[{\"results\":["
            + hit(4, 1)
            + "]},{\"results\":[]},"
            + "{\"results\":["
            + hit(4294967295L, 6)
            + "]}]}",
        server.json(200, "POST", "/a/_search_batch", batch));
    assertEquals(
        "{\"a\":[{\"r\":[{\"i\":4,\"s\":1}]},{\"r\":[]},{\"r\":[{\"i\":4294967295,\"s\":6}]}]}",
        server.packed(200, "POST", "/a/_search_batch", batch));
    assertEquals(
        "{\"answers\":[]}", server.json(200, "POST", "/a/_search_batch", "{\"queries\":[]}"));
    String thousand = "{\"query\":[1]},".repeat(1000);
    String most = "{\"queries\":[" + thousand.substring(0, thousand.length() - 1) + "]}";
    assertTrue(server.json(200, "POST", "/a/_search_batch", most).length() > 10_000);
    for (String refused :
        List.of(
            "{}",
            "{\"queries\":{}}",
            "{\"queries\":[1]}",
            "{\"queries\":[{}]}",
            "{\"queries\":[" + thousand + "{\"query\":[1]}]}")) {
      assertEquals(
          "{\"error\":\"BadRequest\"}", server.json(400, "POST", "/a/_search_batch", refused));
    }
  }

  @Test
  void whereASearchRunsChangesNoAnswer() throws Exception {
    // To look for so many lists is more than a small search may cost.
    String hashes =
        IntStream.range(1, 1000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String large = "{\"min_score\":1,\"query\":[" + hashes + "]}";
    String small = "{\"query\":[4294967295]}";
    String all =
        "[" + hit(4294967295L, 10) + "," + hit(2, 5) + "," + hit(3, 5) + "," + hit(4, 1) + "]";
    for (int round = 0; round < 2; round++) {
      found(all, large);
      found("[" + hit(4, 1) + "]", small);
      String both = "{\"results\":" + all + "},{\"results\":[" + hit(4, 1) + "]}";
      assertEquals(
          "{\"answers\":[" + both + "," + both + "]}",
          server.json(
              200,
              "POST",
              "/a/_search_batch",
              "{\"queries\":[" + String.join(",", large, small, large, small) + "]}"));
      // In the second round it is mapped.
      try (IndexLease lease = server.catalog.lease("a")) {
        assertTrue(lease.index().checkpoint(Duration.ofMinutes(1)));
      }
    }
  }

  @Test
  void aMissingIndexComesBeforeABadBody() throws Exception {
    for (String path : List.of("/b/_search", "/b/_search_batch", "/b/_update")) {
      assertEquals("{\"error\":\"IndexNotFound\"}", server.json(404, "POST", path, "nonsense"));
      assertEquals(
          "{\"error\":\"BadRequest\"}",
          server.json(400, "POST", "/a" + path.substring(2), "nonsense"));
      assertEquals(
          "{\"error\":\"BadRequest\"}", server.json(400, "POST", "/a" + path.substring(2), ""));
    }
  }
}
