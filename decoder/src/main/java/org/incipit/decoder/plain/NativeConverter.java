package org.incipit.decoder.plain;

import java.nio.ByteBuffer;

/** Samples as they are, in 16 bits. */
final class NativeConverter implements PcmConverter {
  private final SampleEncoding encoding;
  private final int channels;
  private final short[] samples;
  private int next;
  private int end;

  /**
   * @param block most frames that come at once
   */
  NativeConverter(SampleEncoding encoding, int channels, int block) {
    this.encoding = encoding;
    this.channels = channels;
    samples = new short[block * channels];
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public void put(ByteBuffer frames, int count) {
    encoding.toShorts(frames, samples, count * channels);
    next = 0;
    end = count * channels;
  }

  @Override
  public void end() {}

  @Override
  public int take(short[] into, int offset, int frames) {
    int n = Math.min(frames * channels, end - next);
    System.arraycopy(samples, next, into, offset, n);
    next += n;
    return n / channels;
  }
}
