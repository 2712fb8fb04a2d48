package org.incipit.decoder.plain;

import java.nio.ByteBuffer;

/** From the bytes of the source to the samples that are delivered. */
interface PcmConverter {
  /** Channels of what is delivered. */
  int channels();

  /** Consumes {@code count} frames. Only when {@link #take} has returned 0. */
  void put(ByteBuffer frames, int count);

  /** There are no more frames. Only when {@link #take} has returned 0, and once. */
  void end();

  /**
   * Delivers interleaved samples.
   *
   * @param frames most frames to deliver
   * @return frames delivered; 0 if more must be put before
   */
  int take(short[] into, int offset, int frames);
}
