package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.junit.jupiter.api.Test;

class ResultWriterTest {
  private static final Fingerprint TWO = Fingerprint.ofId(1, 1, -2);
  private static final String TWO_TEXT = FingerprintCodec.encode(TWO);

  /** What two results of 12.345 s and 2.6 s look like, of a file of 29.999 s. */
  private static String written(String... args) throws IOException, UsageException {
    byte[][] bytes = new byte[args.length + 1][];
    for (int i = 0; i < args.length; i++) {
      bytes[i] = args[i].getBytes(StandardCharsets.US_ASCII);
    }
    bytes[args.length] = new byte[] {'x'};
    OptionParser parser = new OptionParser(bytes);
    parser.parse();
    RecordingReport report = new RecordingReport();
    ResultWriter writer = new ResultWriter(parser.options(), report);
    writer.fileSeconds(29.999);
    writer.result(0, 12.345, TWO);
    writer.result(10.5, 2.6, Fingerprint.ofId(1));
    return report.text();
  }

  private static String empty() {
    return "AQAAAA";
  }

  @Test
  void textSeparatesResultsByAnEmptyLineAndCutsTheDurationOff() throws Exception {
    String expected = "DURATION=29\nFINGERPRINT=1,4294967294\n\nDURATION=29\nFINGERPRINT=\n";
    assertEquals(expected, written("-raw"));
  }

  @Test
  void chunksHaveTheirOwnDuration() throws Exception {
    String expected = "DURATION=12\nFINGERPRINT=1,-2\n\nDURATION=2\nFINGERPRINT=\n";
    assertEquals(expected, written("-chunk", "10", "-raw", "-signed"));
  }

  @Test
  void timestampsStandBeforeTheDuration() throws Exception {
    String expected =
        "TIMESTAMP=0.00\nDURATION=29\nFINGERPRINT=1,4294967294\n"
            + "\nTIMESTAMP=10.50\nDURATION=29\nFINGERPRINT=\n";
    assertEquals(expected, written("-ts", "-raw"));
  }

  @Test
  void jsonOfAFileHasNoTimestamp() throws Exception {
    String expected =
        "{\"duration\": 30.00, \"fingerprint\": [1,4294967294]}\n"
            + "{\"duration\": 30.00, \"fingerprint\": []}\n";
    assertEquals(expected, written("-json", "-raw", "-ts"));
  }

  @Test
  void jsonOfChunksHasOneAlways() throws Exception {
    String expected =
        "{\"timestamp\": 0.00, \"duration\": 12.35, \"fingerprint\": [1,-2]}\n"
            + "{\"timestamp\": 10.50, \"duration\": 2.60, \"fingerprint\": []}\n";
    assertEquals(expected, written("-json", "-raw", "-signed", "-chunk", "10"));
  }

  @Test
  void aChunkTooShortToCutStillCountsAsOne() throws Exception {
    String json = written("-json", "-chunk", "0.00001");
    assertEquals("{\"timestamp\": 0.00, \"duration\": 12.35,", json.substring(0, 38));
  }

  @Test
  void withoutRawFingerprintsAreCompressedWhateverTheSign() throws Exception {
    String expected =
        "{\"duration\": 30.00, \"fingerprint\": \""
            + TWO_TEXT
            + "\"}\n"
            + "{\"duration\": 30.00, \"fingerprint\": \""
            + empty()
            + "\"}\n";
    assertEquals(expected, written("-json", "-signed"));
  }

  @Test
  void plainIsTheFingerprintAlone() throws Exception {
    assertEquals(TWO_TEXT + "\n" + empty() + "\n", written("-plain", "-ts"));
    assertEquals("1,4294967294\n\n", written("-plain", "-raw", "-chunk", "10"));
  }
}
