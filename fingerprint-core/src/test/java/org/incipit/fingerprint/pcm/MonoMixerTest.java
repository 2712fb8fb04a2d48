package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonoMixerTest {
  private final CollectingSink output = new CollectingSink();
  private final MonoMixer mixer = new MonoMixer(output);
  private final Random random = new Random(Noise.SEED);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 8, 1000})
  void aFrameBecomesItsMeanHoweverTheInputIsCut(int channels) {
    short[] samples = Noise.samples(random, channels * (40_000 / channels + 9) + channels - 1);
    short[] expected = means(samples, channels);
    for (int piece : new int[] {1, 2, 3, 5, 7, 17, 511, 997, 4096, 8192, 8195, 100_000}) {
      int before = output.size();
      mixer.start(channels);
      for (int at = 0; at < samples.length; at += piece) {
        mixer.feed(samples, at, Math.min(piece, samples.length - at));
      }
      assertArrayEquals(
          expected, output.from(before), "pieces of " + piece + ", seed " + Noise.SEED);
    }
  }

  private static short[] means(short[] samples, int channels) {
    short[] means = new short[samples.length / channels];
    for (int frame = 0; frame < means.length; frame++) {
      int sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += samples[frame * channels + channel];
      }
      means[frame] = (short) (sum / channels);
    }
    return means;
  }

  @Test
  void meansAreCutOffTowardZero() {
    mixer.start(2);
    short[] frames = {-1, -2, -1, 0, 1, 0, 1, 2, -32768, -32768, 32767, 32767, -32768, 32767};
    mixer.feed(frames, 0, frames.length);
    assertArrayEquals(new short[] {-1, 0, 0, 1, -32768, 32767, 0}, output.all());
  }

  @Test
  void everyPairOfExtremesAndNeighboursHasItsMean() {
    short[] values = {
      -32768, -32767, -32766, -16385, -16384, -257, -256, -255, -3, -2, -1, 0, 1, 2, 3, 255, 256,
      257, 16383, 16384, 32765, 32766, 32767
    };
    short[] frames = new short[2 * values.length * values.length];
    int at = 0;
    for (short left : values) {
      for (short right : values) {
        frames[at++] = left;
        frames[at++] = right;
      }
    }
    mixer.start(2);
    mixer.feed(frames, 0, frames.length);
    assertArrayEquals(means(frames, 2), output.all());
  }

  @Test
  void monoPassesWithoutBeingCopied() {
    short[] samples = {1, 2, 3, 4};
    MonoMixer mono =
        new MonoMixer((array, from, count) -> {
          assertSame(samples, array);
          output.pcm(array, from, count);
        });
    mono.start(1);
    mono.feed(samples, 1, 2);
    mono.feed(samples, 4, 0);
    assertArrayEquals(new short[] {2, 3}, output.all());
  }

  @Test
  void anUnfinishedFrameWaitsForTheNextFeedButNotForTheNextStream() {
    mixer.start(3);
    mixer.feed(new short[] {3, 3, 3, 30}, 0, 4);
    assertEquals(1, output.size());
    mixer.feed(new short[] {30, 30, 300}, 0, 3);
    assertArrayEquals(new short[] {3, 30}, output.all());
    mixer.start(3);
    mixer.feed(new short[] {6, 6, 6}, 0, 3);
    assertArrayEquals(new short[] {3, 30, 6}, output.all());
  }

  @Test
  void floatsBecomeTheNearestSampleAndNothingElse() {
    float[] values = {
      0f,
      -0f,
      1f,
      -1f,
      2f,
      -2f,
      32767f / 32768,
      -32767f / 32768,
      0.5f / 32768,
      1.5f / 32768,
      -0.5f / 32768,
      -1.5f / 32768,
      2.5f / 32768,
      0.49999f / 32768,
      32767.4f / 32768,
      32767.6f / 32768,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.MIN_VALUE
    };
    short[] expected = {
      0, 0, 32767, -32768, 32767, -32768, 32767, -32767, 0, 2, 0, -2, 2, 0, 32767, 32767, 0, 32767,
      -32768, 32767, -32768, 0
    };
    mixer.start(1);
    mixer.feed(values, 0, values.length);
    mixer.feedPlanar(new FloatBuffer[] {FloatBuffer.wrap(values)}, values.length);
    assertArrayEquals(expected, output.range(0, expected.length));
    assertArrayEquals(expected, output.from(expected.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void floatsAreMixedAsTheSamplesTheyBecome(int channels) {
    short[] samples = Noise.samples(random, channels * 10_001);
    float[] floats = new float[samples.length + 3];
    for (int i = 0; i < samples.length; i++) {
      floats[i + 2] = samples[i] / 32768f;
    }
    mixer.start(channels);
    for (int at = 0; at < samples.length; ) {
      int count = Math.min(1 + random.nextInt(20_000), samples.length - at);
      mixer.feed(floats, 2 + at, count);
      at += count;
    }
    assertArrayEquals(means(samples, channels), output.all(), "seed " + Noise.SEED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void buffersOfAnyKindAndOrderAreConsumed(int channels) {
    short[] samples = Noise.samples(random, channels * 9000 + channels - 1);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (boolean direct : new boolean[] {true, false}) {
        int size = 2 * samples.length + 8;
        ByteBuffer bytes = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        ShortBuffer shorts = bytes.order(order).asShortBuffer();
        shorts.position(3);
        shorts.put(samples).flip().position(3);
        assertConsumed(shorts, samples, channels);
      }
    }
    assertConsumed(ShortBuffer.wrap(samples), samples, channels);
    assertConsumed(ShortBuffer.wrap(samples).asReadOnlyBuffer(), samples, channels);
  }

  private void assertConsumed(ShortBuffer buffer, short[] samples, int channels) {
    int before = output.size();
    mixer.start(channels);
    mixer.feed(buffer);
    assertEquals(buffer.limit(), buffer.position());
    assertArrayEquals(means(samples, channels), output.from(before));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void planesAreMixedFrameByFrame(int channels) {
    int frames = 10_000;
    short[] samples = Noise.samples(random, channels * frames);
    FloatBuffer[] planes = new FloatBuffer[channels];
    for (int channel = 0; channel < channels; channel++) {
      planes[channel] =
          channel % 2 == 0
              ? FloatBuffer.allocate(frames + 1)
              : ByteBuffer.allocateDirect(4 * frames + 4).asFloatBuffer();
      for (int frame = 0; frame < frames; frame++) {
        planes[channel].put(frame, samples[frame * channels + channel] / 32768f);
      }
    }
    mixer.start(channels);
    for (int done = 0; done < frames; ) {
      int some = Math.min(1 + random.nextInt(6000), frames - done);
      mixer.feedPlanar(planes, some);
      done += some;
    }
    for (FloatBuffer plane : planes) {
      assertEquals(frames, plane.position());
    }
    assertArrayEquals(means(samples, channels), output.all(), "seed " + Noise.SEED);
  }

  @Test
  void planesThatDoNotFitAreRefusedUntouched() {
    mixer.start(2);
    FloatBuffer full = FloatBuffer.allocate(4);
    FloatBuffer half = FloatBuffer.allocate(2);
    assertRefused("planes must be 2, one for each channel (got 1)", new FloatBuffer[] {full}, 4);
    assertRefused("each plane must hold 4 samples (got 2)", new FloatBuffer[] {full, half}, 4);
    assertRefused(
        "planes must be different buffers (got one for channels 0 and 1)",
        new FloatBuffer[] {full, full},
        4);
    assertRefused("frames must not be negative (got -1)", new FloatBuffer[] {full, half}, -1);
    mixer.feed(new short[1], 0, 1);
    assertRefused(
        "planar samples after 1 of 2 interleaved ones", new FloatBuffer[] {full, half}, 1);
    assertEquals(0, full.position());
    assertEquals(0, output.size());
  }

  private void assertRefused(String message, FloatBuffer[] planes, int frames) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> mixer.feedPlanar(planes, frames))
            .getMessage());
  }
}
