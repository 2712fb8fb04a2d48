package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.incipit.cli.Program.Outcome;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code -start} against a file that was cut beforehand. */
@Execution(ExecutionMode.CONCURRENT)
class StartIT {
  private static final Path AUDIO = TestData.audio("wav-s16-11k-mono-native.wav");
  private static final int RATE = 11025;

  @TempDir private Path folder;

  /** The raw samples of the file from one on, as raw audio of the rate that needs no conversion. */
  private Path cut(int fromSample) throws IOException {
    ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(AUDIO)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (wav.getInt(at) != 0x61746164) { // "data"
      at += 8 + wav.getInt(at + 4);
    }
    int begin = at + 8 + 2 * fromSample;
    Path raw = folder.resolve("cut.raw");
    Files.write(raw, Arrays.copyOfRange(wav.array(), begin, at + 8 + wav.getInt(at + 4)));
    return raw;
  }

  private static String raw(Path file, String... options) throws Exception {
    String[] args = {"-f", "s16le", "-r", "11025", "-c", "1", "-plain", "-raw", file.toString()};
    String[] all = Arrays.copyOf(options, options.length + args.length);
    System.arraycopy(args, 0, all, options.length, args.length);
    return Program.fpcalc(all).run().out();
  }

  private static String audio(String... options) throws Exception {
    String[] all = Arrays.copyOf(options, options.length + 3);
    all[options.length] = "-plain";
    all[options.length + 1] = "-raw";
    all[options.length + 2] = AUDIO.toString();
    return Program.fpcalc(all).run().out();
  }

  @Test
  void theBeginningIsLeftOutToTheSample() throws Exception {
    assertEquals(raw(cut((int) (1.2345 * RATE))), audio("-start", "1.2345"));
    assertEquals(audio(), audio("-start", "0"));
  }

  @Test
  void theLengthCountsFromThere() throws Exception {
    assertEquals(raw(cut(RATE), "-length", "4.5"), audio("-start", "1", "-length", "4.5"));
  }

  @Test
  void thePrintedDurationStaysThatOfTheFile() throws Exception {
    Outcome outcome = Program.fpcalc("-start", "4", AUDIO.toString()).run();
    assertEquals("DURATION=7", outcome.out().lines().findFirst().orElseThrow());
  }

  @Test
  void chunkTimestampsBeginThere() throws Exception {
    Outcome outcome = Program.fpcalc("-json", "-start", "1", "-chunk", "3", AUDIO.toString()).run();
    List<String> heads = outcome.out().lines().map(line -> line.substring(0, 40)).toList();
    assertEquals(
        List.of(
            "{\"timestamp\": 1.00, \"duration\": 3.00, \"f",
            "{\"timestamp\": 4.00, \"duration\": 3.00, \"f"),
        heads);
  }

  @Test
  void pastTheEndThereIsNothing() throws Exception {
    for (String start : new String[] {"8", "9", "1e300", "inf"}) {
      Outcome outcome = Program.fpcalc("-start", start, AUDIO.toString()).run();
      assertEquals("ERROR: Not enough audio data\n", outcome.err(), start);
      assertEquals(2, outcome.exit(), start);
    }
  }

  @Test
  void filesThatAreConvertedStartAtTheConvertedSample() throws Exception {
    String options = "-raw -json -chunk 5";
    String file = TestData.audio("mp3-22k-mono-32k.mp3").toString();
    List<String> chunks =
        Program.shell("\"$0\" " + options + " \"$1\"", file).run().out().lines().toList();
    List<String> later =
        Program.shell("\"$0\" -start 5 " + options + " \"$1\"", file).run().out().lines().toList();
    assertEquals(chunks.subList(1, chunks.size()), later);
  }
}
