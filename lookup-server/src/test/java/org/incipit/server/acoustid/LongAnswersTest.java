package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.Store;
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
      assertEquals(once, server.get(target + mbid.repeat(100)).text());
      requireTooLarge(server.get(target + mbid.repeat(101)));
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

  private static void requireTooLarge(Reply reply) throws Exception {
    assertEquals(List.of(413, 19), List.of(reply.status(), reply.at("error", "code")));
  }
}
