package org.incipit.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {
  private static final int BLOCK = 1024;

  private final short[] shorts = SyntheticAudio.interleaved(BLOCK, 48000, 2);
  private final float[] floats = new float[2 * BLOCK];
  private int received;

  @ParameterizedTest
  @ValueSource(ints = {8000, 11025, 22050, 44100, 48000, 192000})
  void feedingWithASinkAllocatesNothingAtAnyRate(int rate) {
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT, item -> received += item);
    assertAllocatesNothing(fingerprinter, rate, f -> f.feed(shorts, 0, shorts.length));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void feedingWithASinkAllocatesNothingWithAnyAlgorithm(Algorithm algorithm) {
    for (FftEngine engine : FftEngine.values()) {
      Fingerprinter fingerprinter =
          Fingerprinter.builder(algorithm)
              .fftEngine(engine)
              .sink(item -> received += item)
              .collect(false)
              .build();
      assertAllocatesNothing(fingerprinter, 44100, f -> f.feed(shorts, 0, shorts.length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "planar", "direct"})
  void feedingAllocatesNothingInAnyForm(String form) {
    FloatBuffer[] planar = {FloatBuffer.wrap(floats), FloatBuffer.wrap(floats)};
    ShortBuffer direct =
        ByteBuffer.allocateDirect(4 * BLOCK).order(ByteOrder.nativeOrder()).asShortBuffer();
    Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT, item -> received += item);
    assertAllocatesNothing(
        fingerprinter,
        44100,
        switch (form) {
          case "float" -> f -> f.feed(floats, 0, floats.length);
          case "planar" ->
              f -> {
                planar[0].rewind();
                planar[1].rewind();
                f.feed(planar, BLOCK);
              };
          default ->
              f -> {
                direct.rewind();
                f.feed(direct);
              };
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {11025, 44100})
  void collectingAllocatesNothingUpToTheRoomReserved(int rate) {
    Fingerprinter fingerprinter =
        Fingerprinter.builder(Algorithm.DEFAULT).capacitySeconds(600).build();
    assertAllocatesNothing(fingerprinter, rate, f -> f.feed(shorts, 0, shorts.length));
  }

  private static void assertAllocatesNothing(
      Fingerprinter fingerprinter, int rate, Consumer<Fingerprinter> feed) {
    fingerprinter.start(rate, 2);
    for (int i = 0; i < 300; i++) {
      feed.accept(fingerprinter);
    }
    long bytes =
        Allocation.leastOfSomeRounds(() -> {
          for (int i = 0; i < 200; i++) {
            feed.accept(fingerprinter);
          }
        });
    assertEquals(0, bytes, "bytes allocated");
  }
}
