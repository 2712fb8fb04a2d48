package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.PostgresServer;
import org.incipit.server.http.ErrorAnswer;
import org.incipit.server.http.FakeRequest;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Router;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupConfig;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers to what never gets to an endpoint, or no further than the database. */
class AnswersTest {
  private final Answers answers =
      new Answers(AcoustidConfig.DEFAULT, new OwnHosts(List.of(), false), new ServiceCounts());

  @TempDir Path folder;

  @Test
  void errorsOfHttpHaveACodeIfThereIsOne() {
    String later = "service currently unavailable, try again later";
    assertEquals(json(13, later), body(408, "format=json"));
    assertEquals(json(13, later), body(503, ""));
    assertEquals(json(19, "request too large"), body(413, "format=nonsense"));
    assertEquals("f(" + json(5, "internal error") + ")", body(500, "format=jsonp&jsoncallback=f"));
    assertTrue(body(503, "format=xml").startsWith("<?xml"), body(503, "format=xml"));
    for (int status : new int[] {400, 404, 405, 415, 426}) {
      assertEquals("what is wrong\n", body(status, "format=xml"));
    }
  }

  @Test
  void whoComesTooEarlyIsToldWhenToComeAgain() {
    assertEquals("1", written(503, "", Map.of()).headers().get("Retry-After"));
    Map<String, String> own = Map.of("Retry-After", "7");
    assertEquals(null, written(503, "", own).headers().get("Retry-After"));
    assertEquals("*", written(404, "", own).headers().get("Access-Control-Allow-Origin"));
  }

  private String body(int status, String query) {
    return new String(written(status, query, Map.of()).body(), StandardCharsets.UTF_8);
  }

  private ErrorAnswer written(int status, String query, Map<String, String> headers) {
    return answers.write(
        new FakeRequest(Method.POST, "/v2/lookup").withQuery(query),
        new HttpError(status, "what is wrong", headers));
  }

  private static String json(int code, String message) {
    String error = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    return "{\"error\":" + error + ",\"status\":\"error\"}";
  }

  @Test
  void whoWaitedForSubmittingInVainIsNotToldThatNothingWasDone() throws Exception {
    try (Catalog catalog = Catalog.open(CatalogConfig.in(folder))) {
      Router router = new Router();
      Lookup lookup = new Lookup((_, _) -> null, catalog.tracks(), LookupConfig.DEFAULT);
      AcoustidApi api = new AcoustidApi(AcoustidConfig.DEFAULT, catalog, lookup, () -> {});
      api.addTo(router, new OwnHosts(List.of(), false));
      assertEquals(500, router.find(Method.POST, "/v2/submit").route().errors().late().status());
      assertEquals(503, router.find(Method.GET, "/v2/lookup").route().errors().late().status());
    }
  }

  @Test
  void whatIsLostWhileItIsCommittedIsAnInternalError() throws Exception {
    try (PostgresServer postgres = new PostgresServer()) {
      String url = postgres.newDatabase();
      try (AcoustidServer server = new AcoustidServer(open(url), folder)) {
        String print = AcoustidServer.print(Tunes.tune(1, 200));
        String form = "client=x&user=y&duration=25&fingerprint=" + print;
        assertEquals(200, server.post("/v2/submit", form).status());
        postgres.execute(
            url,
            "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid());"
                + " PERFORM pg_sleep(60); RETURN NULL; END $$");
        postgres.execute(
            url,
            "CREATE CONSTRAINT TRIGGER leave AFTER INSERT ON submission"
                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION leave()");
        Reply lost = server.post("/v2/submit", form);
        assertEquals("500 5", lost.status() + " " + lost.at("error", "code"));
        postgres.execute(url, "DROP TRIGGER leave ON submission");
        assertEquals(200, server.post("/v2/submit", form).status());
        postgres.kill();
        assertEquals(503, server.post("/v2/submit", form).status());
      }
    }
  }

  @Test
  void whileTheDatabaseIsAwayTheServiceIsUnavailable() throws Exception {
    try (PostgresServer postgres = new PostgresServer();
        AcoustidServer server = new AcoustidServer(open(postgres.newDatabase()), folder)) {
      String target = "/v2/lookup?client=x&format=xml&trackid=" + new UUID(1, 1);
      assertEquals(200, server.get(target).status());
      postgres.kill();
      Reply away = server.get(target);
      assertEquals(503, away.status(), away.text());
      assertTrue(away.text().contains("<code>13</code>"), away.text());
      assertEquals("1", away.headers().get("retry"));
      assertEquals(503, server.get("/_health_docker").status());
      postgres.restart();
      // Connections that were cut are noticed when they are used.
      for (int i = 0; i < 100 && server.get(target).status() == 503; i++) {
        Thread.sleep(100);
      }
      assertEquals(200, server.get(target).status());
      assertEquals(200, server.get("/_health_docker").status());
    }
  }

  private Catalog open(String url) throws IOException {
    return Catalog.open(new CatalogConfig(folder, url, CatalogConfig.Limits.DEFAULT));
  }
}
