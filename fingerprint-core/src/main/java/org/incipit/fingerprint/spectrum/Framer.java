package org.incipit.fingerprint.spectrum;

import org.incipit.fingerprint.pcm.PcmSink;

/**
 * Cuts a stream into frames: frame {@code k} begins at sample {@code k · increment}. Its spectrum
 * goes out in the call that brings its last sample; what is left over waits for more.
 */
public final class Framer implements PcmSink {
  /** Frames' increments that fit in before the rest is moved to the front. */
  private static final int ROOM = 4;

  private final int frameSize;
  private final int increment;
  private final RealFft fft;
  private final SpectrumSink next;
  private final short[] samples;
  private final double[] power;
  private int begin;
  private int end;

  /**
   * @param frameSize samples of a frame, even
   * @param increment samples from the beginning of one frame to that of the next, from 1 to {@code
   *     frameSize}
   */
  public Framer(int frameSize, int increment, RealFft fft, SpectrumSink next) {
    if (increment < 1 || increment > frameSize) {
      throw new IllegalArgumentException(
          "increment must be 1.." + frameSize + " (got " + increment + ")");
    }
    this.frameSize = frameSize;
    this.increment = increment;
    this.fft = fft;
    this.next = next;
    this.samples = new short[frameSize + ROOM * increment];
    this.power = new double[frameSize / 2 + 1];
  }

  /** Begins a new stream. */
  public void reset() {
    begin = 0;
    end = 0;
  }

  @Override
  public void pcm(short[] block, int from, int count) {
    int at = from;
    int rest = count;
    while (rest > 0) {
      if (end == samples.length) {
        System.arraycopy(samples, begin, samples, 0, end - begin);
        end -= begin;
        begin = 0;
      }
      int n = Math.min(rest, samples.length - end);
      System.arraycopy(block, at, samples, end, n);
      end += n;
      at += n;
      rest -= n;
      while (end - begin >= frameSize) {
        fft.power(samples, begin, power);
        next.spectrum(power);
        begin += increment;
      }
    }
  }
}
