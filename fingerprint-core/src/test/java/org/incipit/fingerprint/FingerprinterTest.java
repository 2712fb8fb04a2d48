package org.incipit.fingerprint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprinterTest {
  private static final int SILENCE_ITEM = 627964279;

  @Test
  void digitalSilenceGivesTheSilenceItem() {
    assertArrayEquals(filled(3, SILENCE_ITEM), ofSilence(Algorithm.TEST2).toArray());
    assertArrayEquals(filled(3, 0x15EFD56B), ofSilence(Algorithm.TEST1).toArray());
    assertTrue(ofSilence(Algorithm.TEST4).isEmpty());
  }

  private static Fingerprint ofSilence(Algorithm algorithm) {
    Fingerprinter fingerprinter = new Fingerprinter(algorithm);
    fingerprinter.start(44100, 1);
    for (int i = 0; i < 130; i++) {
      fingerprinter.feed(new short[1024]);
    }
    return fingerprinter.finish();
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void itemsComeWithTheirLastSample(Algorithm algorithm) {
    int[] count = new int[1];
    Fingerprinter fingerprinter = new Fingerprinter(algorithm, item -> count[0]++);
    fingerprinter.start(11025, 1);
    // Loud from the first sample, so that TEST4 removes nothing.
    short[] audio = filled((short) 8000, 90_000);
    long fed = 0;
    for (short sample : audio) {
      fingerprinter.feed(new short[] {sample});
      fed++;
      assertEquals(algorithm.itemCount(fed), count[0], "after " + fed + " samples");
    }
    assertTrue(count[0] > 0);
  }

  @Test
  void resamplingDelaysAnItemByHalfAFilter() {
    int[] count = new int[1];
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.TEST2, item -> count[0]++);
    fingerprinter.start(44100, 1);
    // The filter for 44 100 Hz has 80 taps, 39 of them before its centre: the sample 30 030 of the
    // output lies at 4 · 30 030 of the input and needs the 40 input samples after that.
    int needed = 4 * 30_030 + 41;
    fingerprinter.feed(new short[needed - 1]);
    assertEquals(0, count[0]);
    fingerprinter.feed(new short[1]);
    assertEquals(1, count[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11025, 44100, 48000})
  void theResultDoesNotDependOnTheCuttingOfTheInput(int rate) {
    short[] audio = SyntheticAudio.interleaved(rate * 5, rate, 2);
    Fingerprint whole = fingerprint(rate, 2, audio);
    for (int piece : new int[] {1, 2, 3, 5, 7, 17, 511, 997, 4096}) {
      Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
      fingerprinter.start(rate, 2);
      for (int at = 0; at < audio.length; at += piece) {
        fingerprinter.feed(audio, at, Math.min(piece, audio.length - at));
      }
      assertEquals(whole, fingerprinter.finish(), "pieces of " + piece);
    }
  }

  @Test
  void everyFormOfInputGivesTheSame() {
    short[] audio = SyntheticAudio.interleaved(22050 * 5, 22050, 2);
    Fingerprint expected = fingerprint(22050, 2, audio);

    float[] floats = new float[audio.length];
    float[][] planes = new float[2][audio.length / 2];
    for (int i = 0; i < audio.length; i++) {
      floats[i] = audio[i] / 32768f;
      planes[i & 1][i >> 1] = floats[i];
    }
    ShortBuffer direct =
        ByteBuffer.allocateDirect(2 * audio.length).order(ByteOrder.nativeOrder()).asShortBuffer();
    direct.put(audio).flip();

    assertEquals(expected, with(22050, 2, f -> f.feed(floats)));
    assertEquals(expected, with(22050, 2, f -> f.feed(direct)));
    FloatBuffer[] planar = {FloatBuffer.wrap(planes[0]), FloatBuffer.wrap(planes[1])};
    assertEquals(expected, with(22050, 2, f -> f.feed(planar, planes[0].length)));
  }

  @Test
  void aStreamLeavesNothingToTheNext() {
    Random random = new Random(3);
    for (Algorithm algorithm : Algorithm.values()) {
      Fingerprinter reused = new Fingerprinter(algorithm);
      for (int rate : new int[] {44100, 11025, 8000, 44100, 48000, 48000}) {
        int channels = 1 + random.nextInt(3);
        short[] audio = SyntheticAudio.interleaved(rate * 9, rate, channels);
        Arrays.fill(audio, 0, rate * channels, (short) 0);
        reused.start(rate, channels);
        reused.feed(audio);
        Fingerprinter fresh = new Fingerprinter(algorithm);
        fresh.start(rate, channels);
        fresh.feed(audio);
        assertEquals(fresh.finish(), reused.finish(), algorithm + " at " + rate + " Hz");
        reused.feed(new short[1]); // a frame that is not whole must not survive start
      }
    }
  }

  @Test
  void leadingSilenceIsRemovedFromEveryStream() {
    short[] audio = SyntheticAudio.interleaved(11025 * 8, 11025, 1);
    short[] late = new short[3 * 11025 + audio.length];
    System.arraycopy(audio, 0, late, 3 * 11025, audio.length);
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.TEST4);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      fingerprinter.start(11025, 1);
      fingerprinter.feed(late);
      sizes.add(fingerprinter.finish().size());
    }
    assertEquals(sizes.get(0), sizes.get(1));
    assertTrue(sizes.get(0) <= Algorithm.TEST4.itemCount(audio.length) + 1);
  }

  @Test
  void clearForgetsItemsButNotTheStream() {
    short[] audio = SyntheticAudio.interleaved(11025 * 20, 11025, 1);
    Fingerprint whole = fingerprint(11025, 1, audio);
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
    fingerprinter.start(11025, 1);
    int half = audio.length / 2;
    fingerprinter.feed(audio, 0, half);
    Fingerprint first = fingerprinter.finish();
    fingerprinter.clear();
    fingerprinter.feed(audio, half, audio.length - half);
    Fingerprint second = fingerprinter.finish();
    int[] joined = Arrays.copyOf(first.toArray(), first.size() + second.size());
    second.copyTo(0, second.size(), joined, first.size());
    assertArrayEquals(whole.toArray(), joined);
  }

  @Test
  void aStreamGoesOnAfterFinish() {
    short[] audio = SyntheticAudio.interleaved(8000 * 40, 8000, 1);
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
    fingerprinter.start(8000, 1);
    fingerprinter.feed(audio, 0, 100_000);
    int before = fingerprinter.finish().size();
    fingerprinter.feed(audio, 100_000, audio.length - 100_000);
    Fingerprint after = fingerprinter.finish();
    Fingerprint whole = fingerprint(8000, 1, audio);
    assertTrue(before > 0 && before < after.size());
    // What a finish cut off comes back when the stream goes on.
    int common = Math.min(whole.size(), after.size());
    assertArrayEquals(
        Arrays.copyOf(whole.toArray(), common), Arrays.copyOf(after.toArray(), common));
  }

  @Test
  void belowTheTargetRateTheEndIsCutWhereTheOriginalLosesIt() {
    assertEquals(219, fingerprint(8000, 1, new short[30 * 8000]).size());
  }

  @Test
  void collectingGrowsBeyondTheRoomReserved() {
    short[] audio = SyntheticAudio.interleaved(11025 * 60, 11025, 1);
    Fingerprinter small = Fingerprinter.builder(Algorithm.DEFAULT).capacitySeconds(0).build();
    small.start(11025, 1);
    small.feed(audio);
    assertEquals(fingerprint(11025, 1, audio), small.finish());
  }

  @Test
  void aSinkAloneKeepsNothing() {
    List<Integer> items = new ArrayList<>();
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT, items::add);
    short[] audio = SyntheticAudio.interleaved(44100 * 8, 44100, 2);
    fingerprinter.start(44100, 2);
    fingerprinter.feed(audio);
    assertTrue(fingerprinter.finish().isEmpty());
    assertArrayEquals(
        fingerprint(44100, 2, audio).toArray(),
        items.stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void startRefusesWhatCannotBe() {
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
    assertRefused("channels must be at least 1 (got 0)", () -> fingerprinter.start(44100, 0));
    assertRefused("channels must be at least 1 (got -1)", () -> fingerprinter.start(0, -1));
    assertRefused(
        "sampleRate must be above 1000 Hz and at most 8388607 Hz (got 1000)",
        () -> fingerprinter.start(1000, 1));
    assertRefused(
        "sampleRate must be above 1000 Hz and at most 8388607 Hz (got 8388608)",
        () -> fingerprinter.start(8388608, 1));
  }

  @Test
  void feedingNeedsAStart() {
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
    assertThrows(IllegalStateException.class, () -> fingerprinter.feed(new short[1]));
    assertTrue(fingerprinter.finish().isEmpty());
  }

  @Test
  void aStreamWhoseSinkThrewIsOver() {
    int[] left = {1};
    Fingerprinter fingerprinter =
        Fingerprinter.builder(Algorithm.DEFAULT)
            .sink(item -> {
              if (left[0]-- == 0) {
                throw new IllegalArgumentException("enough");
              }
            })
            .build();
    short[] audio = SyntheticAudio.interleaved(44100 * 8, 44100, 1);
    fingerprinter.start(44100, 1);
    assertRefused("enough", () -> fingerprinter.feed(audio));
    assertThrows(IllegalStateException.class, () -> fingerprinter.feed(audio));
    fingerprinter.start(44100, 1);
    fingerprinter.feed(audio);
    assertEquals(fingerprint(44100, 1, audio), fingerprinter.finish());
  }

  @Test
  void aSinkMayNotUseItsFingerprinter() {
    Fingerprinter[] itself = new Fingerprinter[1];
    itself[0] = new Fingerprinter(Algorithm.DEFAULT, item -> itself[0].start(11025, 1));
    itself[0].start(11025, 1);
    assertThrows(IllegalStateException.class, () -> itself[0].feed(new short[40_000]));
  }

  @Test
  void aFingerprinterThatWouldDeliverNothingIsRefused() {
    Fingerprinter.Builder builder = Fingerprinter.builder(Algorithm.DEFAULT).collect(false);
    assertThrows(IllegalStateException.class, builder::build);
  }

  @Test
  void aCapacityBeyondAnyArrayIsRefused() {
    assertRefused(
        "capacity does not fit an array (got 300000000 s)",
        () -> Fingerprinter.builder(Algorithm.DEFAULT).capacitySeconds(300_000_000));
  }

  @Test
  void onlyTheSilenceRemoverHasAThreshold() {
    assertRefused(
        "TEST2 does not remove silence",
        () -> Fingerprinter.builder(Algorithm.TEST2).silenceThreshold(10));
    Fingerprinter loud = Fingerprinter.builder(Algorithm.TEST4).silenceThreshold(32767).build();
    loud.start(11025, 1);
    loud.feed(SyntheticAudio.interleaved(11025 * 8, 11025, 1));
    assertTrue(loud.finish().isEmpty());
  }

  private interface Feed {
    void into(Fingerprinter fingerprinter);
  }

  private static Fingerprint with(int rate, int channels, Feed feed) {
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
    fingerprinter.start(rate, channels);
    feed.into(fingerprinter);
    return fingerprinter.finish();
  }

  private static Fingerprint fingerprint(int rate, int channels, short[] audio) {
    return with(rate, channels, f -> f.feed(audio));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private static int[] filled(int size, int value) {
    int[] array = new int[size];
    Arrays.fill(array, value);
    return array;
  }

  private static short[] filled(short value, int size) {
    short[] array = new short[size];
    Arrays.fill(array, value);
    return array;
  }

  @Test
  void planesThatAreRefusedDoNotEndTheStream() {
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
    fingerprinter.start(44_100, 2);
    FloatBuffer one = FloatBuffer.allocate(10);
    assertThrows(
        IllegalArgumentException.class, () -> fingerprinter.feed(new FloatBuffer[] {one}, 10));
    fingerprinter.feed(new short[10]);
    assertEquals(0, fingerprinter.finish().size());
  }
}
