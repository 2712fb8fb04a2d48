package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates of applications and of all together; that of addresses is with the table of errors. */
class RateLimitsTest {
  private static final String ONE = "/v2/submission_status?id=1&client=one";
  private static final String OTHER = "/v2/submission_status?id=1&client=other";
  private static final String WITHOUT_KEY =
      "/v2/track/list_by_puid?puid=" + new java.util.UUID(1, 1);

  @TempDir Path folder;

  @Test
  void anApplicationHasItsOwn() throws Exception {
    try (AcoustidServer server = server(1, 0)) {
      requireExhausted(server, ONE);
      assertEquals(200, server.get(OTHER).status());
      assertEquals(200, server.get(WITHOUT_KEY).status());
    }
  }

  @Test
  void allTogetherHaveOneToo() throws Exception {
    try (AcoustidServer server = server(0, 1)) {
      requireExhausted(server, ONE);
      requireRefused(server, OTHER);
      requireRefused(server, WITHOUT_KEY);
    }
  }

  @Test
  void whatAllTogetherAskTooMuchIsNotCountedAsTheApplications() throws Exception {
    RateLimits limits =
        new RateLimits(new AcoustidConfig("", false, true, 2, 1, 0, TrustedProxies.NONE));
    for (int i = 0; i < 20; i++) {
      limits.admit(null);
    }
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      try {
        limits.admit("one");
      } catch (ApiError e) {
        refused++;
        String message = "rate limit (1.000000 requests per second) exceeded, try again later";
        assertEquals(message, e.getMessage());
      }
    }
    assertTrue(refused > 40, refused + " of 1000");
  }

  private AcoustidServer server(int application, int service) throws Exception {
    AcoustidConfig config =
        new AcoustidConfig("", false, true, application, service, 0, TrustedProxies.NONE);
    return new AcoustidServer(Store.SQLITE, folder, config);
  }

  private static void requireExhausted(AcoustidServer server, String target) throws Exception {
    int ok = 0;
    while (ok < 1000 && server.get(target).status() == 200) {
      ok++;
    }
    assertTrue(ok >= 20 && ok < 1000, "a burst of " + ok);
  }

  /** However slow this is: of 30 requests, one a second is let through. */
  private static void requireRefused(AcoustidServer server, String target) throws Exception {
    for (int i = 0; i < 30; i++) {
      Reply reply = server.get(target);
      if (reply.status() == 429) {
        assertEquals(14, reply.at("error", "code"));
        assertEquals("1", reply.headers().get("retry"));
        return;
      }
    }
    throw new AssertionError("none of 30 was refused: " + target);
  }
}
