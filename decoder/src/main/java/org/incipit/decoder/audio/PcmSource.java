package org.incipit.decoder.audio;

/**
 * A stream of 16-bit PCM, read once from its beginning to its end.
 *
 * <p>One thread at a time reads. Native memory and file handles behind it are released by {@link
 * #close()}; reading afterwards is an {@link IllegalStateException}.
 */
public interface PcmSource extends AutoCloseable {
  /** The rate of the samples delivered, in Hz. */
  int sampleRate();

  /** Interleaved channels of the samples delivered. */
  int channels();

  /** What the file or line holds, before any conversion. */
  AudioFormat format();

  /**
   * Reads whole frames of interleaved samples.
   *
   * @param into receives them from {@code offset} on; stays the caller's
   * @param length room in {@code into}, in samples; at least {@link #channels()}
   * @return samples read, a multiple of {@link #channels()} and at least one frame, or -1 at the
   *     end
   * @throws DecodeException if the source or its decoder fails; what was decoded before has been
   *     returned by earlier calls, and every further call throws the same again
   */
  int read(short[] into, int offset, int length) throws DecodeException;

  /**
   * Reads to the end and hands every block on.
   *
   * @throws DecodeException as {@link #read}, after all that was decoded has been handed on
   */
  default void forEachBlock(PcmBlockSink sink) throws DecodeException {
    short[] block = new short[Math.max(8192 / channels(), 1) * channels()];
    for (int n = read(block, 0, block.length); n >= 0; n = read(block, 0, block.length)) {
      sink.block(block, 0, n);
    }
  }

  /**
   * Ends the source; a second call does nothing. May be called from any thread: a read under way in
   * another one then returns what it has, or -1. Where that read waits for its file, stream or
   * network, this may wait with it; only a read from the live line is woken.
   */
  @Override
  void close();
}
