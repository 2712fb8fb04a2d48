package org.incipit.fingerprint.pcm;

import java.util.Arrays;

/** Keeps what it receives. */
final class CollectingSink implements PcmSink {
  private short[] samples = new short[1024];
  private int size;

  @Override
  public void pcm(short[] from, int at, int count) {
    if (size + count > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(2 * samples.length, size + count));
    }
    System.arraycopy(from, at, samples, size, count);
    size += count;
  }

  int size() {
    return size;
  }

  short[] all() {
    return range(0, size);
  }

  short[] from(int start) {
    return range(start, size);
  }

  short[] range(int start, int end) {
    return Arrays.copyOfRange(samples, start, end);
  }
}
