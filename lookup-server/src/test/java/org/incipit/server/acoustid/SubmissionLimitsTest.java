package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much one request can have stored. */
class SubmissionLimitsTest {
  private static final String PRINT = AcoustidServer.print(Tunes.tune(1, 200));
  private static final String SHORT =
      AcoustidServer.print(Fingerprint.of(Algorithm.DEFAULT, 1, 2, 3));
  private static final String KEYS = "client=x&user=y";

  @TempDir Path folder;

  @Test
  void anEntryHasAtMostTwentyRecordings() throws Exception {
    try (AcoustidServer server = new AcoustidServer(Store.SQLITE, folder)) {
      assertEquals(200, submit(server, entry(0, PRINT, 20)));
      requireTooLarge(server, entry(0, PRINT, 21));
      requireTooLarge(server, entry(0, PRINT, 1) + entry(1, PRINT, 21));
      assertEquals(20, server.catalog.submissions().queue().length());
    }
  }

  @Test
  void aRequestMakesAtMostTenThousandSubmissions() throws Exception {
    try (AcoustidServer server = new AcoustidServer(Store.SQLITE, folder)) {
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        many.append(entry(i, SHORT, 20));
      }
      assertEquals(200, submit(server, many.toString()));
      requireTooLarge(server, many + entry(500, SHORT, 0));
      assertEquals(10_000, server.catalog.submissions().queue().length());
    }
  }

  @Test
  void aRequestStoresAtMostFourTimesOfWhatItCanHave() throws Exception {
    int[] noise = new Random(20_261_123).ints(100_000).toArray();
    String print = AcoustidServer.print(Fingerprint.of(Algorithm.DEFAULT, noise));
    int times = (4 << 20) / print.length();
    try (AcoustidServer server = new AcoustidServer(Store.SQLITE, folder)) {
      String hours = "&duration.0=10000";
      assertEquals(200, submit(server, hours + entry(0, print, times)));
      requireTooLarge(server, hours + entry(0, print, times + 1));
      assertEquals(times, server.catalog.submissions().queue().length());
      for (Submission stored : server.catalog.submissions().claim(times)) {
        assertEquals(noise.length, stored.content().fingerprint().size());
      }
    }
  }

  @Test
  void textsAreCutOff() throws Exception {
    try (AcoustidServer server = new AcoustidServer(Store.SQLITE, folder)) {
      String note = "%F0%9F%8E%B5";
      String form =
          "&clientversion="
              + "v".repeat(101)
              + "&fileformat.0="
              + "f".repeat(100_000)
              + "&track.0="
              + "t".repeat(1000)
              + "&artist.0=a"
              + note.repeat(500)
              + "&album.0="
              + "b".repeat(999)
              + "%20c";
      assertEquals(200, submit(server, entry(0, PRINT, 0) + form));
      NewSubmission stored = server.catalog.submissions().claim(1).getFirst().content();
      assertEquals("v".repeat(100), stored.clientVersion());
      assertEquals("f".repeat(100), stored.format());
      assertEquals("t".repeat(1000), stored.text().track());
      assertEquals("a" + "\ud83c\udfb5".repeat(499), stored.text().artist());
      assertEquals("b".repeat(999), stored.text().album());
    }
  }

  private static String entry(int number, String print, int recordings) {
    StringBuilder form =
        new StringBuilder("&duration.%d=25&fingerprint.%d=%s".formatted(number, number, print));
    for (int i = 1; i <= recordings; i++) {
      form.append("&mbid.").append(number).append('=').append(new UUID(number, i));
    }
    return form.toString();
  }

  private static int submit(AcoustidServer server, String form) throws Exception {
    return server.post("/v2/submit", KEYS + form).status();
  }

  private static void requireTooLarge(AcoustidServer server, String form) throws Exception {
    Reply reply = server.post("/v2/submit", KEYS + form);
    assertEquals(List.of(413, 19), List.of(reply.status(), reply.at("error", "code")));
  }
}
