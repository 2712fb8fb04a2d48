package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.PostgresServer;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.incipit.server.metrics.MetricsText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Submissions and the small endpoints, on both stores. */
class OtherApiTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 400);
  private static final UUID MBID = new UUID(7, 7);
  private static final UUID SECOND = new UUID(3, 3);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Store.class)
  void whatIsSubmittedHasAnIdAndWaits(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      String print = "=" + AcoustidServer.print(TUNE);
      String form =
          "client=app&user=any&clientversion=1.0&fingerprint.0"
              + print
              + "&duration.0=50&mbid.0="
              + MBID
              + "&mbid.0="
              + SECOND
              + "&fingerprint.7"
              + print
              + "&duration.7=50.5&track.7=A%20%20b&artist.7=%E6%97%A5"
              + "&album.7=C&albumartist.7=D&year.7=1999&trackno.7=3&discno.7=2&bitrate.7=320"
              + "&fileformat.7=MP3&foreignid.7=shelf:1&puid.7="
              + SECOND
              + "&fingerprint.8"
              + print
              + "&fingerprint"
              + print
              + "&duration=50";
      Reply reply = server.post("/v2/submit", form);
      assertEquals(200, reply.status(), reply.text());
      List<?> all = (List<?>) reply.at("submissions");
      assertEquals(4, all.size());
      assertEquals(null, reply.at("submissions", 0, "index"));
      assertEquals("0", reply.at("submissions", 1, "index"));
      assertEquals("0", reply.at("submissions", 2, "index"));
      assertEquals("7", reply.at("submissions", 3, "index"));
      assertEquals("pending", reply.at("submissions", 3, "status"));
      assertEquals(1, server.submitted.get());
      List<Submission> stored = server.catalog.submissions().claim(10);
      assertEquals(4, stored.size());
      NewSubmission last = stored.get(3).content();
      assertEquals(new TextMetadata("A b", "\u65e5", "C", "D", 3, 2, 1999), last.text());
      assertEquals(
          "1.0 50 320 MP3 shelf:1 " + SECOND,
          last.clientVersion()
              + " "
              + last.duration()
              + " "
              + last.bitrate()
              + " "
              + last.format()
              + " "
              + last.foreignId()
              + " "
              + last.puid());
      assertEquals(TUNE, last.fingerprint());
      assertEquals(
          List.of(MBID, SECOND),
          List.of(stored.get(1).content().mbid(), stored.get(2).content().mbid()));
      assertEquals(stored.get(3).id(), ((Number) reply.at("submissions", 3, "id")).longValue());
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void theStatusOfASubmissionSaysWhatBecameOfIt(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      String one = "client=app&user=any&duration=50&fingerprint=" + AcoustidServer.print(TUNE);
      Object refused = server.post("/v2/submit", one).at("submissions", 0, "id");
      Submission claimed = server.catalog.submissions().claim(1).getFirst();
      server.decide(server.catalog.feed().head(), new Decision.Rejected(claimed, "too short"));
      UUID gid = server.track(TUNE, 50, MBID, null, TextMetadata.NONE);
      long imported = ((Number) refused).longValue() + 1;
      Object waiting = server.post("/v2/submit", one).at("submissions", 0, "id");
      String ids = "&id=" + waiting + "&id=" + imported + "&id=abc&id=999999&id=" + refused;
      String answer =
          "{\"id\":"
              + waiting
              + ",\"status\":\"pending\"},{\"id\":"
              + imported
              + ",\"result\":{\"id\":\""
              + gid
              + "\"},\"status\":\"imported\"},"
              + "{\"id\":999999,\"status\":\"pending\"},{\"id\":"
              + refused
              + ",\"reason\":\"too short\",\"status\":\"rejected\"}";
      assertEquals(
          "{\"status\":\"ok\",\"submissions\":[" + answer + "]}",
          server.get("/v2/submission_status?client=app" + ids).text());
      assertTrue(
          server
              .get("/v2/submission_status?client=app&format=xml" + ids)
              .text()
              .contains("<submissions><submission><id>" + waiting + "</id><status>pending<"));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void tracksAreListedByRecording(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID first = server.track(TUNE, 50, MBID, null, TextMetadata.NONE);
      UUID second = server.track(Tunes.tune(2, 400), 50, MBID, null, TextMetadata.NONE);
      String both = "[{\"id\":\"" + first + "\"},{\"id\":\"" + second + "\"}]";
      String path =
          "/v2/track/list_by_mbid?mbid=" + MBID.toString().toUpperCase(java.util.Locale.ROOT);
      assertEquals("{\"status\":\"ok\",\"tracks\":" + both + "}", server.get(path).text());
      assertEquals(
          "{\"mbids\":[{\"mbid\":\""
              + MBID
              + "\",\"tracks\":"
              + both
              + "},{\"mbid\":\""
              + SECOND
              + "\",\"tracks\":[]}],\"status\":\"ok\"}",
          server.get(path + "&batch=1&mbid=" + SECOND).text());
      assertEquals(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><mbids><mbid><mbid>"
              + SECOND
              + "</mbid><tracks></tracks></mbid></mbids><status>ok</status></response>",
          server.get("/v2/track/list_by_mbid?format=xml&batch=1&mbid=" + SECOND).text());
      assertEquals(
          "{\"status\":\"ok\",\"tracks\":[]}",
          server.get("/v2/track/list_by_puid?puid=" + MBID).text());
    }
  }

  @Test
  void disabledLinksAreToldToWhoAsksForThem() throws Exception {
    PostgresServer postgres = PostgresServer.shared();
    String url = postgres.newDatabase();
    CatalogConfig config = new CatalogConfig(folder, url, CatalogConfig.Limits.DEFAULT);
    try (AcoustidServer server = new AcoustidServer(Catalog.open(config), folder)) {
      UUID gid = server.track(TUNE, 50, MBID, null, TextMetadata.NONE);
      String list = "/v2/track/list_by_mbid?mbid=" + MBID;
      String lookup = "/v2/lookup?client=x&meta=recordings&trackid=" + gid;
      assertEquals(gid.toString(), server.get(list).at("tracks", 0, "id"));
      assertEquals(MBID.toString(), server.get(lookup).at("results", 0, "recordings", 0, "id"));
      postgres.execute(url, "UPDATE track_mbid SET disabled = TRUE");
      assertEquals("{\"status\":\"ok\",\"tracks\":[]}", server.get(list).text());
      assertEquals(
          "{\"status\":\"ok\",\"tracks\":[{\"disabled\":true,\"id\":\"" + gid + "\"}]}",
          server.get(list + "&disabled=1").text());
      Reply none = server.get(lookup);
      assertEquals(gid.toString(), none.at("results", 0, "id"));
      assertEquals(null, none.at("results", 0, "recordings"));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void aStoredFingerprintCanBeRead(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      server.track(TUNE, 50, MBID, null, TextMetadata.NONE);
      Reply reply = server.get("/v2/fingerprint?id=1");
      assertEquals(50, reply.at("fingerprint", "duration"));
      assertEquals(1, reply.at("fingerprint", "id"));
      List<?> hashes = (List<?>) reply.at("fingerprint", "hashes");
      assertEquals(TUNE.size(), hashes.size());
      assertEquals(TUNE.at(0), ((Number) hashes.getFirst()).intValue());
      assertTrue(server.get("/v2/fingerprint?id=1&format=xml").text().contains("<hashes><hash>"));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void whoHasNoKeyGetsOne(Store store) throws Exception {
    AcoustidConfig config = new AcoustidConfig("", true, true, 0, 0, 0, TrustedProxies.NONE);
    try (AcoustidServer server = new AcoustidServer(store, folder, config)) {
      String app =
          server.catalog.keys().create(org.incipit.server.catalog.Keys.Kind.APPLICATION, "a").key();
      String key =
          (String) server.get("/v2/user/create_anonymous?client=" + app).at("user", "apikey");
      assertEquals(
          "{\"status\":\"ok\",\"user\":{\"apikey\":\"" + key + "\"}}",
          server.get("/v2/user/lookup?user=" + key).text());
      String one = "client=" + app + "&duration=50&fingerprint=" + AcoustidServer.print(TUNE);
      assertEquals(200, server.post("/v2/submit", one + "&user=" + key).status());
      assertEquals(
          true, server.catalog.submissions().claim(1).getFirst().content().account().isPresent());
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void whatWasDoneIsCounted(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      server.track(TUNE, 50, MBID, null, TextMetadata.NONE);
      String one = "client=app&user=any&duration=50&fingerprint=" + AcoustidServer.print(TUNE);
      server.post("/v2/submit", one);
      server.post("/v2/lookup", one);
      server.post("/v2/lookup", one.replace("=50", "=90"));
      server.post("/v2/lookup", "");
      MetricsText text = new MetricsText();
      server.api.metrics().print(text);
      String all = text.toString();
      for (String line :
          List.of(
              "incipit_lookups_total{outcome=\"found\"} 1\n",
              "incipit_lookups_total{outcome=\"none\"} 1\n",
              "incipit_submissions_total 1\n",
              "incipit_webservice_errors_total{code=\"2\"} 1\n")) {
        assertTrue(all.contains(line), line + all);
      }
    }
  }
}
