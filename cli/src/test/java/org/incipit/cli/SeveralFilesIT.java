package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class SeveralFilesIT {
  private static final String GOOD = "wav-s16-11k-mono-native.wav";
  private static final String BROKEN = "flac-truncated.flac";
  private static final String NO_AUDIO = "bad-text.mp3";

  private static final List<String> MIXTURE =
      List.of(
          "mp3-vbr-v5-44k.mp3",
          NO_AUDIO,
          "wav-s16-8k-mono.wav",
          BROKEN,
          "edge-short-1.0s.flac",
          "opus-48k-st-64k.opus",
          "nofile",
          "flac24-96k-st.flac",
          GOOD,
          "wmav2-44k-64k.wma",
          "bad-empty.mp3",
          "vorbis-copy-48k-st.ogg");

  private static Outcome run(List<String> files, String... options) throws Exception {
    List<String> args = new ArrayList<>(Arrays.asList(options));
    args.addAll(files);
    return Program.fpcalc(args.toArray(String[]::new)).run();
  }

  @Test
  void thousandsOfFilesThatCannotBeOpenedLeaveNothingBehind() throws Exception {
    Outcome outcome =
        Program.shell("\"$0\" -keep-going -plain $(seq -f nofile%g 3000) \"$1\"", GOOD).run();
    assertEquals(Program.fpcalc("-plain", GOOD).run().out(), outcome.out());
    assertEquals(3000, outcome.err().lines().count());
    assertEquals(2, outcome.exit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "5", "0", "100"})
  void threadsChangeNeitherOutputNorErrors(String threads) throws Exception {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      files.addAll(MIXTURE);
    }
    Outcome one = run(files, "-json", "-keep-going");
    Outcome several = run(files, "-json", "-keep-going", "-threads", threads);
    assertEquals(one.out(), several.out());
    assertEquals(one.err(), several.err());
    assertEquals(one.exit(), several.exit());
    assertEquals(32, one.out().lines().count());
    assertEquals(20, one.err().lines().count());
  }

  @Test
  void threadsKeepChunksOfAFileTogether() throws Exception {
    List<String> files = List.of("aac-lc-44k-st.m4a", "vorbis-copy-22k-mono.ogg", GOOD);
    String[] options = {"-chunk", "3", "-overlap", "-json"};
    Outcome one = run(files, options);
    String[] more = {"-chunk", "3", "-overlap", "-json", "-threads", "3"};
    assertEquals(one.out(), run(files, more).out());
    assertTrue(one.out().lines().count() > 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  void theFirstFailureInOrderEndsTheRun(String threads) throws Exception {
    Outcome outcome = run(List.of(GOOD, NO_AUDIO, GOOD), "-plain", "-threads", threads);
    assertEquals(1, outcome.out().lines().count());
    assertEquals(
        "ERROR: Could not open the input file (Invalid data found when processing input)\n",
        outcome.err());
    assertEquals(2, outcome.exit());
    Outcome broken = run(List.of(GOOD, BROKEN, NO_AUDIO), "-plain", "-threads", threads);
    assertEquals(2, broken.out().lines().count());
    assertEquals(1, broken.err().lines().count());
    assertEquals(3, broken.exit());
  }

  @ParameterizedTest
  @CsvSource({
    GOOD + ' ' + GOOD + ", 0, 2",
    GOOD + ' ' + BROKEN + ", 3, 2",
    BROKEN + ' ' + NO_AUDIO + ' ' + GOOD + ", 2, 2",
    NO_AUDIO + ' ' + BROKEN + ", 2, 1",
    "nofile, 2, 0"
  })
  void keptGoingTheWorstDecidesTheExitCode(String files, int exit, int results) throws Exception {
    for (String threads : new String[] {"1", "3"}) {
      Outcome outcome =
          run(List.of(files.split(" ")), "-plain", "-keep-going", "-threads", threads);
      assertEquals(exit, outcome.exit(), files);
      assertEquals(results, outcome.out().lines().count(), files);
    }
  }

  @Test
  void keptGoingErrorsNameTheirFile() throws Exception {
    Outcome outcome = run(List.of(BROKEN, "edge-short-1.0s.flac", "nofile"), "-keep-going");
    assertEquals(
        "ERROR: flac-truncated.flac: Error reading from the audio source"
            + " (Invalid data found when processing input)\n"
            + "ERROR: edge-short-1.0s.flac: Empty fingerprint\n"
            + "ERROR: nofile: Could not open the input file (No such file or directory)\n",
        outcome.err());
  }

  @Test
  void readErrorsMayBeIgnored() throws Exception {
    Outcome outcome = run(List.of(BROKEN, GOOD), "-plain", "-ignore-errors");
    assertEquals(0, outcome.exit());
    assertEquals(2, outcome.out().lines().count());
    assertEquals(1, outcome.err().lines().count());
    assertEquals(2, run(List.of(NO_AUDIO), "-ignore-errors").exit());
  }

  @Test
  void rateAndChannelsApplyToEveryFile() throws Exception {
    String[] options = {"-f", "s16le", "-r", "44100", "-c", "2", "-json"};
    Outcome twice = run(List.of("wav-s16-44k-st.wav", "wav-s16-44k-st.wav"), options);
    List<String> lines = twice.out().lines().toList();
    assertEquals(2, lines.size());
    assertEquals(lines.get(0), lines.get(1));
    assertTrue(lines.get(0).startsWith("{\"duration\": 4.00,"), lines.get(0));
  }

  @Test
  void leadingSilenceIsRemovedFromEveryFile() throws Exception {
    String silent = "edge-leading-silence-6s.mp3";
    Outcome both = run(List.of(silent, silent), "-a", "4", "-plain");
    List<String> lines = both.out().lines().toList();
    assertEquals(lines.get(0), lines.get(1));
    assertEquals(run(List.of(silent), "-a", "4", "-plain").out(), lines.get(0) + "\n");
  }

  @Test
  void aFileAloneNeedsNoThreads() throws Exception {
    byte[] one = run(List.of(GOOD), "-threads", "4").stdout();
    assertArrayEquals(run(List.of(GOOD)).stdout(), one);
  }
}
