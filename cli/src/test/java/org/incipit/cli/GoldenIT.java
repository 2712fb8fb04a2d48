package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.incipit.cli.Program.Outcome;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.testdata.GoldenManifest;
import org.incipit.testdata.GoldenRecord;
import org.incipit.testdata.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded call of the reference, repeated with the program of the distribution. */
@Execution(ExecutionMode.CONCURRENT)
class GoldenIT {
  /** Its decoder differs between FFmpeg 5.1, which the reference used, and ours. */
  private static final String OTHER_DECODER = "wav-imaadpcm-22k-mono.wav";

  /** The reference converts the second file with what the first has left behind. */
  private static final List<String> STALE_CONVERTER =
      List.of("wav-s16-44k-st.wav", "wav-s16-11k-mono-native.wav");

  static Stream<GoldenRecord> equalRecords() throws IOException {
    return GoldenManifest.reference().stream()
        .filter(call -> !call.files().contains(OTHER_DECODER))
        .filter(call -> !call.files().equals(STALE_CONVERTER));
  }

  static Stream<GoldenRecord> otherDecoderRecords() throws IOException {
    return GoldenManifest.reference().stream().filter(call -> call.files().contains(OTHER_DECODER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("equalRecords")
  void theOutputIsThatOfTheReference(GoldenRecord call) throws Exception {
    Outcome outcome = run(call);
    assertEquals(expectedOutput(call), outcome.out(), call::commandLine);
    assertEquals(inOurWords(call.stderr()), outcome.err().strip());
    assertEquals(call.exit(), outcome.exit());
  }

  @Test
  void theseAreAlmostAllRecords() throws IOException {
    assertEquals(356, GoldenManifest.reference().size());
    assertEquals(351, equalRecords().count());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherDecoderRecords")
  void anotherDecoderMakesADifferenceOfOneBit(GoldenRecord call) throws Exception {
    Outcome outcome = run(call);
    assertEquals(call.exit(), outcome.exit());
    int[] ours = items(outcome.out().strip());
    int[] theirs = items(expectedOutput(call).strip());
    assertEquals(44, theirs.length);
    assertEquals(44, ours.length);
    assertEquals(1, Integer.bitCount(ours[38] ^ theirs[38]));
    ours[38] = theirs[38];
    assertArrayEquals(theirs, ours);
  }

  @Test
  void nothingOfAFileIsLeftInTheNext() throws Exception {
    String[] args = {"-raw", "-json", STALE_CONVERTER.get(0), STALE_CONVERTER.get(1)};
    Outcome both = Program.fpcalc(args).run();
    assertEquals(0, both.exit());
    StringBuilder alone = new StringBuilder();
    for (GoldenRecord call : GoldenManifest.reference()) {
      if (call.hasOptions("-raw", "-json") && call.files().size() == 1) {
        alone.append(STALE_CONVERTER.contains(call.files().getFirst()) ? expectedOutput(call) : "");
      }
    }
    assertEquals(both.out().lines().sorted().toList(), alone.toString().lines().sorted().toList());
    assertEquals(2, both.out().lines().count());
  }

  private static int[] items(String line) throws Exception {
    if (!line.startsWith("{")) {
      return FingerprintCodec.decode(line).toArray();
    }
    Object fingerprint = Json.object(line).get("fingerprint");
    return fingerprint instanceof List<?> items
        ? items.stream().mapToInt(item -> ((Long) item).intValue()).toArray()
        : FingerprintCodec.decode((String) fingerprint).toArray();
  }

  static Outcome run(GoldenRecord call) throws Exception {
    List<String> args = new ArrayList<>(call.options());
    args.addAll(call.files());
    return Program.fpcalc(args.toArray(String[]::new)).run();
  }

  /** FFmpeg's own words for a file that is no audio; they changed with its versions. */
  private static String inOurWords(String errors) {
    return errors.replace(
        "Could not open the input file (Invalid argument)",
        "Could not open the input file (Invalid data found when processing input)");
  }

  static String expectedOutput(GoldenRecord call) {
    if (call.stdout() != null) {
      return call.stdout();
    }
    StringBuilder output = new StringBuilder();
    for (GoldenRecord.Result result : call.results()) {
      String fingerprint = result.raw() == null ? result.text() : joined(result.raw());
      output.append(call.options().contains("-json") ? json(result, fingerprint) : fingerprint);
      output.append('\n');
    }
    return output.toString();
  }

  private static String json(GoldenRecord.Result result, String fingerprint) {
    String time =
        result.timestamp() == null
            ? ""
            : String.format(Locale.ROOT, "\"timestamp\": %.2f, ", result.timestamp());
    String duration = String.format(Locale.ROOT, "\"duration\": %.2f, ", result.duration());
    String value = result.raw() == null ? "\"" + fingerprint + "\"" : "[" + fingerprint + "]";
    return "{" + time + duration + "\"fingerprint\": " + value + "}";
  }

  private static String joined(List<Long> items) {
    return String.join(",", items.stream().map(String::valueOf).toList());
  }
}
