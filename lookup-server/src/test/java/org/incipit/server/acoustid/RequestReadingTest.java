package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.server.acoustid.Meta.Subject;
import org.junit.jupiter.api.Test;

/** How parameters become lookups and submissions. */
class RequestReadingTest {
  private static final String PRINT =
      FingerprintCodec.encode(Fingerprint.of(Algorithm.DEFAULT, 1, 2, 3));
  private static final String TRACK = "01234567-89ab-4def-8123-456789ABCDEF";

  @Test
  void durationsAreWholeSecondsAndFractionsAreCutOff() throws Exception {
    for (String good : List.of("46", "46.6", "46.", "%2046+", "%2B46", "046")) {
      assertEquals(46, Query.of("d=" + good).duration("d"), good);
    }
    for (String bad :
        List.of("", "0", "0.9", "abc", "4e1", ".5", "NaN", "1 2", "99999999999999999999")) {
      assertEquals(2, code("d=" + bad), bad);
    }
    assertEquals(8, code("d=-3"));
    assertEquals(2, code(""));
  }

  private static int code(String query) {
    return assertThrows(ApiError.class, () -> Query.of(query).duration("d")).code();
  }

  @Test
  void metaIsWordsHoweverTheyAreSeparated() {
    for (String text :
        List.of(
            "recordings sources",
            "recordings+sources",
            "sources,recordings",
            "\tsources  recordings ")) {
      Meta meta = Meta.of(text);
      assertEquals(Subject.RECORDINGS, meta.subject(), text);
      assertTrue(meta.sources(), text);
    }
    assertEquals(Subject.NOTHING, Meta.of(null).subject());
    assertEquals(Subject.NOTHING, Meta.of("").subject());
    assertEquals(Subject.NOTHING, Meta.of("0").subject());
    assertEquals(Subject.RECORDINGS, Meta.of("1").subject());
    assertEquals(Subject.M2, Meta.of("2").subject());
    assertEquals(Subject.NOTHING, Meta.of("nonsense Recordings").subject());
  }

  @Test
  void oneSubjectComesBeforeTheOthers() {
    assertEquals(Subject.M2, Meta.of("releases recordings m2").subject());
    assertEquals(Subject.RECORDINGS, Meta.of("releases releasegroups isrcs").subject());
    assertEquals(Subject.RELEASE_GROUPS, Meta.of("releases releasegroupids").subject());
    assertEquals(Subject.RELEASES, Meta.of("tracks releaseids compress").subject());
    assertTrue(Meta.of("recordings recordingids").idsOnly());
    assertFalse(Meta.of("recordings releasegroupids").idsOnly());
    assertFalse(Meta.of("recordings releases releaseids").releases());
  }

  @Test
  void withoutBatchTheFirstEntryThatCanBeReadIsTheOnlyOne() throws Exception {
    String query =
        "fingerprint.2=" + PRINT + "&duration.2=9&trackid.10=" + TRACK + "&fingerprint=x";
    LookupRequest one = LookupRequest.of(Query.of(query + "&duration=0"));
    assertEquals(1, one.entries().size());
    assertEquals(2, one.entries().getFirst().suffix().number());
    LookupRequest batch = LookupRequest.of(Query.of(query + "&batch=1"));
    assertEquals(List.of(2L, 10L), batch.entries().stream().map(e -> e.suffix().number()).toList());
    LookupRequest plain =
        LookupRequest.of(Query.of("fingerprint=" + PRINT + "&duration=3&" + query));
    assertEquals(Suffix.NONE, plain.entries().getFirst().suffix());
  }

  @Test
  void anErrorIsToldOnlyIfNothingIsLeft() throws Exception {
    String good = "fingerprint.1=" + PRINT + "&duration.1=9";
    assertEquals(1, LookupRequest.of(Query.of(good + "&trackid.2=x&batch=1")).entries().size());
    assertEquals(1, LookupRequest.of(Query.of(good + "&trackid.0=x&batch=1")).entries().size());
    ApiError e =
        assertThrows(
            ApiError.class,
            () ->
                LookupRequest.of(Query.of("trackid.0=x&fingerprint.3=AQAA&batch=1&duration.3=q")));
    assertEquals("missing required parameter \"duration.3\"", e.getMessage());
  }

  @Test
  void aTrackComesBeforeAFingerprintAndKeepsItsSpelling() throws Exception {
    LookupRequest request =
        LookupRequest.of(Query.of("fingerprint=AQAA&duration=1&trackid=" + TRACK));
    assertEquals(
        new LookupRequest.ByTrack(Suffix.NONE, UUID.fromString(TRACK), TRACK),
        request.entries().getFirst());
  }

  @Test
  void tooManyEntriesAreRefusedWithOrWithoutBatch() {
    assertEquals(19, lookupCode("fingerprint.%d=" + PRINT + "&duration.%d=5&", 21));
    assertEquals(0, lookupCode("fingerprint.%d=" + PRINT + "&duration.%d=5&", 20));
    assertEquals(19, lookupCode("trackid.%d=" + TRACK + "&", 101));
    assertEquals(0, lookupCode("trackid.%d=" + TRACK + "&", 100));
  }

  @Test
  void anEmptyTrackDoesNotMakeATrackOfAFingerprint() {
    String each = "trackid.%d=&fingerprint.%d=" + PRINT + "&duration.%d=5&";
    assertEquals(0, lookupCode(each, 20));
    assertEquals(19, lookupCode(each, 21));
  }

  private static int lookupCode(String each, int times) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < times; i++) {
      query.append(each.replace("%d", Integer.toString(i)));
    }
    try {
      var _ = LookupRequest.of(Query.of(query.toString()));
      return 0;
    } catch (ApiError e) {
      return e.code();
    }
  }

  @Test
  void textsOfASubmissionAreNormalised() throws Exception {
    SubmittedEntry entry =
        submitted(
            "track=%00a%0a++b%e2%80%83&artist=+&trackno=3&discno=10001&year=abc&albumartist=x"
                + "&fileformat=MP3&bitrate=0&album=x%1b%5b31my%c2%9b");
    assertEquals("a b", entry.text().track());
    assertEquals(null, entry.text().artist());
    assertEquals("x", entry.text().albumArtist());
    assertEquals(3, entry.text().trackNo());
    assertEquals(null, entry.text().discNo());
    assertEquals(null, entry.text().year());
    assertEquals(null, entry.bitrate());
    assertEquals("x [31my", entry.text().album());
  }

  @Test
  void aForeignIdIsKeptAsItIsOrRefused() throws Exception {
    String path = "path:/music/A  B\u00a0\u2028c .mp3 ";
    String sent = "foreignid=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    assertEquals(path, submitted(sent).foreignId());
    assertEquals(null, submitted("foreignid=").foreignId());
    assertEquals(null, submitted("foreignid=+").foreignId());
    for (String bad :
        List.of("a:", "a", "A:b", "+a:b", "a:b%00", "a:b%0ac", "a:%1b", "a:%7f", "a:%c2%85")) {
      ApiError e = assertThrows(ApiError.class, () -> submitted("foreignid=" + bad), bad);
      assertEquals(10, e.code(), bad);
    }
  }

  @Test
  void severalMbidsAreSeveralSubmissionsAndTheZeroIsNone() throws Exception {
    String zero = "00000000-0000-0000-0000-000000000000";
    String more = "&mbid=" + TRACK.toLowerCase(java.util.Locale.ROOT);
    SubmittedEntry two =
        submitted(
            "mbid=" + TRACK + "&mbid=" + zero + more + "&mbid=&mbid=" + TRACK.replace('0', '1'));
    assertEquals(2, two.mbids().size());
    assertEquals(0, submitted("mbid=" + zero).mbids().size());
  }

  private static SubmittedEntry submitted(String query) throws ApiError {
    String all = query + "&duration=1.5&fingerprint=" + PRINT;
    return SubmittedEntry.of(Query.of(all), Suffix.NONE);
  }
}
