package org.incipit.decoder.plain;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * To mono at 11 025 Hz: first the channels that are heard are resampled, each for itself, then they
 * are mixed. What is at that rate already is only mixed.
 */
abstract class MonoConverter implements PcmConverter {
  private final @Nullable Resampler resampler;
  private final int block;
  private int next;
  private int end;

  /**
   * @param resampler not needed if the rate fits
   * @param block most frames that come at once
   */
  MonoConverter(@Nullable Resampler resampler, int block) {
    this.resampler = resampler;
    this.block = block;
  }

  /** Decodes {@code count} frames and keeps them. */
  abstract void decode(ByteBuffer frames, int count);

  /** Splits kept frames into planes: where the resampler reads if there is one. */
  abstract void split(int from, int count, int at);

  /** Mixes planes: what the resampler wrote if there is one. */
  abstract void mix(int count, short[] into, int offset);

  @Override
  public final int channels() {
    return 1;
  }

  @Override
  public final void put(ByteBuffer frames, int count) {
    decode(frames, count);
    if (resampler != null) {
      split(0, count, resampler.reserve(count));
    } else {
      next = 0;
      end = count;
    }
  }

  @Override
  public final void end() {
    if (resampler != null) {
      resampler.finish();
    }
  }

  @Override
  public final int take(short[] into, int offset, int frames) {
    int count = Math.min(frames, block);
    if (resampler != null) {
      count = resampler.produce(count);
    } else {
      count = Math.min(count, end - next);
      split(next, count, 0);
      next += count;
    }
    mix(count, into, offset);
    return count;
  }
}
