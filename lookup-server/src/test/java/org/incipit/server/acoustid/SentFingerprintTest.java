package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.Test;

class SentFingerprintTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 200);
  private static final String PRINT = FingerprintCodec.encode(TUNE);

  @Test
  void paddingAndWhiteSpaceAroundAreTaken() throws Exception {
    for (String sent : List.of(PRINT, PRINT + "=", PRINT + "%3d%3D", "+" + PRINT + "%0d%0a")) {
      assertEquals(TUNE, read(sent, 25), sent);
    }
  }

  @Test
  void aLetterThatBase64DoesNotHaveIsRefused() {
    for (String other : List.of("%2b", "+", "%2f", "!", ".", "=", "%00", "%c3%a9", "%0a", "%5b")) {
      String damaged = PRINT.substring(0, 50) + other + PRINT.substring(51);
      assertEquals(3, code(damaged, 25), damaged);
    }
    assertEquals(3, code("====", 25));
    assertEquals(3, code("AQAA", 25));
    assertEquals(2, code("", 25));
  }

  @Test
  void aFingerprintOfMoreItemsThanItsDurationCanHaveIsRefused() throws Exception {
    Fingerprint most = Fingerprint.of(Algorithm.DEFAULT, new int[1200]);
    String print = FingerprintCodec.encode(most);
    assertEquals(most, read(print, 10));
    assertEquals(3, code(print, 9));
  }

  @Test
  void whatAHeaderPromisesMustBeThere() {
    String header = FingerprintCodec.encode(Fingerprint.of(Algorithm.DEFAULT, new int[1200]));
    assertEquals(3, code(header.substring(0, 8), 20));
    assertEquals(3, code(header.substring(0, 3), 20));
  }

  private static Fingerprint read(String sent, int duration) throws ApiError {
    return SentFingerprint.of(Query.of("fingerprint=" + sent), "fingerprint", duration);
  }

  private static int code(String sent, int duration) {
    return assertThrows(ApiError.class, () -> read(sent, duration), sent).code();
  }
}
