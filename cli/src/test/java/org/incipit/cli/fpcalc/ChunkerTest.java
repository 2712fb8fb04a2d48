package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.Fingerprinter;
import org.junit.jupiter.api.Test;

class ChunkerTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);
  private static final int SECOND = Algorithm.SAMPLE_RATE;

  private record Result(double timestamp, double duration, Fingerprint fingerprint) {}

  private static short[] noise(int samples) {
    short[] noise = new short[samples];
    Random random = new Random(SEED);
    for (int i = 0; i < samples; i++) {
      noise[i] = (short) (random.nextGaussian() * 5000);
    }
    return noise;
  }

  private static Options options(String command) throws UsageException {
    String[] args = (command + " x").trim().split(" +");
    byte[][] bytes = new byte[args.length][];
    for (int i = 0; i < args.length; i++) {
      bytes[i] = args[i].getBytes(StandardCharsets.US_ASCII);
    }
    OptionParser parser = new OptionParser(bytes);
    parser.parse();
    return parser.options();
  }

  private static List<Result> results(String command, short[] audio, int blockSamples)
      throws Exception {
    List<Result> results = new ArrayList<>();
    Chunker chunker =
        new Chunker(
            options(command),
            0,
            (time, seconds, print) -> results.add(new Result(time, seconds, print)));
    for (int from = 0; from < audio.length; from += blockSamples) {
      chunker.block(audio, from, Math.min(blockSamples, audio.length - from));
    }
    chunker.end();
    chunker.finish();
    return results;
  }

  private static Fingerprint whole(Algorithm algorithm, short[] audio, int from, int to) {
    Fingerprinter fingerprinter = new Fingerprinter(algorithm);
    fingerprinter.start(SECOND, 1);
    fingerprinter.feed(audio, from, to - from);
    return fingerprinter.finish();
  }

  @Test
  void withoutChunksTheStreamIsOneFingerprint() throws Exception {
    short[] audio = noise(5 * SECOND);
    List<Result> results = results("", audio, 8192);
    assertEquals(
        List.of(new Result(0, 5, whole(Algorithm.TEST2, audio, 0, audio.length))), results);
  }

  @Test
  void chunksThatDoNotOverlapAreFingerprintsOfTheirOwn() throws Exception {
    short[] audio = noise(10 * SECOND);
    List<Result> results = results("-chunk 4", audio, 8192);
    assertEquals(
        List.of(
            new Result(0, 4, whole(Algorithm.TEST2, audio, 0, 4 * SECOND)),
            new Result(4, 4, whole(Algorithm.TEST2, audio, 4 * SECOND, 8 * SECOND))),
        results);
    assertEquals(
        0, whole(Algorithm.TEST2, audio, 8 * SECOND, 10 * SECOND).size(), "the end is short");
  }

  @Test
  void overlappingChunksJoinedAreTheWholeStream() throws Exception {
    short[] audio = noise(30 * SECOND);
    for (int algorithm = 1; algorithm <= 5; algorithm++) {
      List<Result> results = results("-a " + algorithm + " -chunk 7 -overlap", audio, 8192);
      int[] joined =
          results.stream()
              .flatMapToInt(each -> Arrays.stream(each.fingerprint.toArray()))
              .toArray();
      Fingerprint expected = whole(Algorithm.of(algorithm - 1), audio, 0, audio.length);
      assertEquals(expected, Fingerprint.ofId(algorithm - 1, joined));
    }
  }

  @Test
  void theFirstOverlappingChunkIsLongerByTheDelay() throws Exception {
    List<Result> results = results("-chunk 10 -overlap", noise(30 * SECOND), 8192);
    assertEquals(List.of(12.6, 12.6, 10.0), rounded(results, true));
    assertEquals(List.of(0.0, 10.0, 20.0), rounded(results, false));
    assertEquals(
        List.of(80, 81, 60), results.stream().map(each -> each.fingerprint.size()).toList());
  }

  private static List<Double> rounded(List<Result> results, boolean durations) {
    return results.stream()
        .map(each -> Math.rint(1000 * (durations ? each.duration : each.timestamp)) / 1000)
        .toList();
  }

  @Test
  void theBlocksOfTheInputDoNotMatter() throws Exception {
    short[] audio = noise(13 * SECOND + 17);
    for (String command :
        List.of(
            "", "-chunk 3", "-chunk 3 -overlap", "-a 5 -chunk 0.1 -overlap", "-a 4 -chunk 3.3")) {
      List<Result> expected = results(command, audio, 1);
      assertTrue(!expected.isEmpty());
      for (int block : new int[] {100, 1365, 8192, 33075, audio.length}) {
        assertEquals(expected, results(command, audio, block), command + ", blocks of " + block);
      }
    }
  }

  @Test
  void chunksShorterThanABlockComeOutOneByOne() throws Exception {
    List<Result> results = results("-chunk 0.2 -overlap", noise(30 * SECOND), 8192);
    assertEquals(137, results.size());
    assertEquals(2.8, results.getFirst().duration, 1e-9);
    assertEquals(0.2, results.get(1).timestamp, 1e-9);
  }

  @Test
  void aChunkEndsOnlyWhenASampleFollowsIt() throws Exception {
    List<Result> results = new ArrayList<>();
    Chunker chunker =
        new Chunker(
            options("-chunk 4"),
            0,
            (time, seconds, print) -> results.add(new Result(time, seconds, print)));
    short[] audio = noise(4 * SECOND + 1);
    chunker.block(audio, 0, 4 * SECOND);
    assertEquals(0, results.size());
    chunker.block(audio, 4 * SECOND, 1);
    assertEquals(1, results.size());
    chunker.finish();
    assertEquals(1, results.size(), "one sample gives no fingerprint");
  }

  @Test
  void aStreamThatEndsOnTheBoundaryEndsItsLastChunk() throws Exception {
    assertEquals(2, results("-chunk 4", noise(8 * SECOND), 4 * SECOND).size());
  }

  @Test
  void onlyAFirstChunkMustNotBeEmpty() throws Exception {
    short[] audio = noise(30 * SECOND);
    FileException empty = assertThrows(FileException.class, () -> results("-chunk 1", audio, 8192));
    assertEquals("Empty fingerprint", empty.text());
    assertEquals(1, results("-chunk 29.5", audio, 8192).size());
  }

  @Test
  void aStreamWithoutASampleIsNotEnough() {
    FileException none = assertThrows(FileException.class, () -> results("", new short[0], 1));
    assertEquals("Not enough audio data", none.text());
  }

  @Test
  void onlySilenceBeforeTheFirstChunkIsLeadingSilence() throws Exception {
    short[] audio = noise(12 * SECOND);
    Arrays.fill(audio, 0, SECOND, (short) 0);
    Arrays.fill(audio, 6 * SECOND, 8 * SECOND, (short) 0);
    List<Result> results = results("-a 4 -chunk 6", audio, 8192);
    assertEquals(whole(Algorithm.TEST4, audio, 0, 6 * SECOND), results.get(0).fingerprint);
    int[] untrimmed = whole(Algorithm.TEST2, audio, 6 * SECOND, 12 * SECOND).toArray();
    assertEquals(Fingerprint.of(Algorithm.TEST4, untrimmed), results.get(1).fingerprint);
  }
}
