package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages of other origins can have a browser do. */
class OtherOriginsTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 200);
  private static final String FORM =
      "client=x&user=y&duration=25&meta=foreignids&fingerprint=" + AcoustidServer.print(TUNE);
  private static final List<String> FOREIGN =
      List.of(
          "Origin: https://page.example",
          "Origin: null",
          "Origin: http://x",
          "Sec-Fetch-Site: cross-site",
          "Sec-Fetch-Site: same-site");
  private static final List<String> OWN =
      List.of(
          "Accept: */*",
          "Sec-Fetch-Site: same-origin",
          "Sec-Fetch-Site: none",
          "X-Nothing: Origin");

  @TempDir Path folder;

  @Test
  void theySubmitNothingAndGetNoKeys() throws Exception {
    try (AcoustidServer server = new AcoustidServer(Store.SQLITE, folder)) {
      for (String header : FOREIGN) {
        for (String target :
            List.of("/v2/submit?" + FORM, "/v2/user/create_anonymous?client=x", "//v2/submit")) {
          for (String method : List.of("GET", "POST")) {
            Reply reply = server.send(method, target, new byte[0], header);
            assertEquals("400 12", reply.status() + " " + reply.at("error", "code"), header);
            assertEquals("not allowed", reply.at("error", "message"));
          }
        }
      }
      assertEquals(0, server.catalog.submissions().queue().length());
      assertTrue(server.catalog.keys().all().isEmpty());
      for (String header : OWN) {
        assertEquals(200, server.send("GET", "/v2/submit?" + FORM, new byte[0], header).status());
      }
      String origin = "Origin: http://127.0.0.1:" + server.port();
      String host = "Host: 127.0.0.1:" + server.port();
      Reply own = server.sendTo(host, "POST", "/v2/submit?" + FORM, new byte[0], origin);
      assertEquals(200, own.status(), own.text());
    }
  }

  @Test
  void theyLookUpButAreNotToldWhereFilesAre() throws Exception {
    try (AcoustidServer server = new AcoustidServer(Store.SQLITE, folder)) {
      server.track(TUNE, 25, new UUID(7, 7), "path:/home/me/a.flac", TextMetadata.NONE);
      for (String header : FOREIGN) {
        Reply reply = server.send("GET", "/v2/lookup?" + FORM, new byte[0], header);
        assertEquals(200, reply.status());
        assertEquals("*", reply.headers().get("origin"));
        assertEquals(1, ((List<?>) reply.at("results")).size());
        assertFalse(reply.text().contains("foreignids"), reply.text());
      }
      for (String header : OWN) {
        Reply reply = server.send("GET", "/v2/lookup?" + FORM, new byte[0], header);
        assertEquals("path:/home/me/a.flac", reply.at("results", 0, "foreignids", 0));
      }
    }
  }

  @Test
  void theHostOfARequestIsAnyThatLeadsHere() throws Exception {
    try (AcoustidServer server = new AcoustidServer(Store.SQLITE, folder)) {
      for (String target : List.of("/v2/lookup?", "/v2/submit?")) {
        Reply reply = server.sendTo("Host: api.acoustid.org", "GET", target + FORM, new byte[0]);
        assertEquals(200, reply.status(), reply.text());
      }
      Reply index = server.sendTo("Host: api.acoustid.org", "GET", "/main", new byte[0]);
      assertEquals(421, index.status());
    }
  }
}
