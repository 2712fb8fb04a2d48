package org.incipit.fingerprint.pcm;

import java.util.Arrays;

/**
 * Drops the beginning of a stream while its mean absolute value over 55 samples, 5 ms, stays at or
 * below a threshold. From the first sample above it on everything passes.
 *
 * <p>Magnitudes are 16-bit numbers in the original, so −32768 counts as itself; kept.
 */
public final class SilenceRemover implements PcmSink {
  private static final int WINDOW = 55;

  private final int threshold;
  private final PcmSink next;
  private final short[] magnitudes = new short[WINDOW];
  private int oldest;
  private int seen;
  private int sum;
  private boolean passing;

  /**
   * @param threshold 0..32767; audio begins where the mean magnitude is above it
   */
  public SilenceRemover(int threshold, PcmSink next) {
    this.threshold = threshold;
    this.next = next;
  }

  /** Begins a new stream. */
  public void reset() {
    Arrays.fill(magnitudes, (short) 0);
    oldest = 0;
    seen = 0;
    sum = 0;
    passing = false;
  }

  @Override
  public void pcm(short[] samples, int from, int count) {
    int at = from;
    int end = from + count;
    while (!passing && at < end) {
      if (isAudible(samples[at])) {
        passing = true;
      } else {
        at++;
      }
    }
    if (at < end) {
      next.pcm(samples, at, end - at);
    }
  }

  private boolean isAudible(short sample) {
    short magnitude = (short) Math.abs(sample);
    sum += magnitude - magnitudes[oldest];
    magnitudes[oldest] = magnitude;
    oldest = oldest + 1 == WINDOW ? 0 : oldest + 1;
    seen = Math.min(seen + 1, WINDOW);
    return (short) (sum / seen) > threshold;
  }
}
