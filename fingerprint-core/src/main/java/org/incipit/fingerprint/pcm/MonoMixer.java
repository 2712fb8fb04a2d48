package org.incipit.fingerprint.pcm;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * Mixes the channels of a stream to one: the sum of a frame divided by their number, cut off toward
 * zero. Frames may be cut anywhere between two feeds; what is missing of one is awaited.
 *
 * <p>Floating-point samples become 16-bit ones first: the nearest integer of 32768 times the value,
 * cut off at the ends, NaN as 0.
 */
public final class MonoMixer {
  private static final int BLOCK = 4096;

  private final PcmSink next;
  private final short[] mono = new short[BLOCK];
  private final short[] converted = new short[2 * BLOCK];
  private final StereoAverage stereo = new StereoAverage();
  private int channels = 1;

  // The frame that is not whole yet.
  private int pendingSum;
  private int pendingCount;

  public MonoMixer(PcmSink next) {
    this.next = next;
  }

  /** Begins a new stream of interleaved frames of so many samples. */
  public void start(int channelCount) {
    channels = channelCount;
    pendingSum = 0;
    pendingCount = 0;
  }

  /** Takes interleaved samples; a mono stream passes as it is. */
  public void feed(short[] interleaved, int offset, int length) {
    if (channels == 1) {
      if (length > 0) {
        next.pcm(interleaved, offset, length);
      }
      return;
    }
    int at = offset;
    int end = offset + length;
    if (pendingCount > 0) {
      at = completePending(interleaved, at, end);
    }
    while (end - at >= channels) {
      int frames = Math.min((end - at) / channels, BLOCK);
      mixFrames(interleaved, at, frames);
      next.pcm(mono, 0, frames);
      at += frames * channels;
    }
    for (; at < end; at++) {
      pendingSum += interleaved[at];
      pendingCount++;
    }
  }

  /** Takes interleaved samples from the buffer's position to its limit. */
  public void feed(ShortBuffer interleaved) {
    while (interleaved.hasRemaining()) {
      int n = Math.min(interleaved.remaining(), converted.length);
      interleaved.get(converted, 0, n);
      feed(converted, 0, n);
    }
  }

  /** Takes interleaved floating-point samples. */
  public void feed(float[] interleaved, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      int n = Math.min(end - at, converted.length);
      for (int i = 0; i < n; i++) {
        converted[i] = (short) toSample(interleaved[at + i]);
      }
      feed(converted, 0, n);
      at += n;
    }
  }

  /**
   * Takes {@code frames} floating-point samples from each of the buffers, one for each channel.
   *
   * @throws IllegalArgumentException if their number is not that of the channels, one holds too few
   *     or is there twice, or the stream is in the middle of an interleaved frame
   */
  public void feedPlanar(FloatBuffer[] planes, int frames) {
    requirePlanes(planes, frames);
    for (int done = 0; done < frames; ) {
      int n = Math.min(frames - done, BLOCK);
      for (int i = 0; i < n; i++) {
        int sum = 0;
        for (FloatBuffer plane : planes) {
          sum += toSample(plane.get());
        }
        mono[i] = (short) (sum / channels);
      }
      next.pcm(mono, 0, n);
      done += n;
    }
  }

  /** Throws what {@link #feedPlanar} would throw; takes nothing. */
  @SuppressWarnings("ReferenceEquality") // The same object is meant.
  public void requirePlanes(FloatBuffer[] planes, int frames) {
    if (planes.length != channels) {
      throw new IllegalArgumentException(
          "planes must be " + channels + ", one for each channel (got " + planes.length + ")");
    }
    if (frames < 0) {
      throw new IllegalArgumentException("frames must not be negative (got " + frames + ")");
    }
    if (pendingCount > 0) {
      throw new IllegalArgumentException(
          "planar samples after " + pendingCount + " of " + channels + " interleaved ones");
    }
    for (int i = 0; i < planes.length; i++) {
      FloatBuffer plane = planes[i];
      if (plane.remaining() < frames) {
        throw new IllegalArgumentException(
            "each plane must hold " + frames + " samples (got " + plane.remaining() + ")");
      }
      // It has one position: its samples would go to the channels in turn.
      for (int j = 0; j < i; j++) {
        if (planes[j] == plane) {
          throw new IllegalArgumentException(
              "planes must be different buffers (got one for channels " + j + " and " + i + ")");
        }
      }
    }
  }

  private int completePending(short[] interleaved, int from, int end) {
    int at = from;
    for (; at < end && pendingCount < channels; at++) {
      pendingSum += interleaved[at];
      pendingCount++;
    }
    if (pendingCount == channels) {
      mono[0] = (short) (pendingSum / channels);
      pendingSum = 0;
      pendingCount = 0;
      next.pcm(mono, 0, 1);
    }
    return at;
  }

  private void mixFrames(short[] interleaved, int from, int frames) {
    if (channels == 2) {
      stereo.average(interleaved, from, mono, frames);
      return;
    }
    for (int i = 0; i < frames; i++) {
      int sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += interleaved[from + i * channels + channel];
      }
      mono[i] = (short) (sum / channels);
    }
  }

  private static int toSample(float value) {
    // NaN becomes 0 in the narrowing; the multiplication by a power of two is exact.
    int rounded = (int) Math.rint(value * 32768.0);
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
  }
}
