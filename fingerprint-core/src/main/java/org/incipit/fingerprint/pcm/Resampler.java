package org.incipit.fingerprint.pcm;

import org.jspecify.annotations.Nullable;

/**
 * Converts mono samples to 11 025 Hz in integers, as libchromaprint's own resampler does.
 *
 * <p>An output sample comes out in the call that brings the last input sample under its filter. The
 * filter looks back beyond the beginning of the stream as into a mirror; beyond the end it does not
 * look, so the last half filter length is never heard.
 */
public final class Resampler implements PcmSink {
  /** The rate of the output, in Hz. */
  static final int OUTPUT_RATE = 11025;

  private static final int MIN_RATE = 1001;
  private static final int MAX_RATE = Integer.MAX_VALUE / ResamplerFilter.PHASES;

  private final PcmSink next;
  private @Nullable RateConversion conversion;

  public Resampler(PcmSink next) {
    this.next = next;
  }

  /**
   * Begins a new stream. Allocates when the rate is another one than before.
   *
   * @param sampleRate 1001..8388607 Hz
   */
  public void start(int sampleRate) {
    if (sampleRate < MIN_RATE || sampleRate > MAX_RATE) {
      throw new IllegalArgumentException(
          "sampleRate must be " + MIN_RATE + ".." + MAX_RATE + " Hz (got " + sampleRate + ")");
    }
    if (conversion == null || conversion.inputRate() != sampleRate) {
      conversion = new RateConversion(sampleRate, next);
    }
    conversion.reset();
  }

  /** Samples put out since the start of the stream. */
  public long outputs() {
    return started().outputs();
  }

  /** Samples that libchromaprint would have put out by the last {@link #finish()}. */
  public long originalOutputs() {
    return started().originalOutputs();
  }

  @Override
  public void pcm(short[] samples, int from, int count) {
    started().pcm(samples, from, count);
  }

  /**
   * Ends the stream: what still looks back beyond its beginning comes out, wrapped if it must be.
   */
  public void finish() {
    started().finish();
  }

  private RateConversion started() {
    if (conversion == null) {
      throw new IllegalStateException("resampler not started");
    }
    return conversion;
  }
}
