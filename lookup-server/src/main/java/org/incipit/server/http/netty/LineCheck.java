package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each byte of some lines once, as they come, and says when they are complete or what is
 * wrong with them.
 */
abstract sealed class LineCheck implements ByteProcessor permits HeadCheck, ChunkCheck {
  private final int maxBytes;
  private int count;
  private @Nullable Malformed fault;

  LineCheck(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next byte; false after the last one, or with a fault. */
  abstract boolean next(byte b);

  /** Whether the last byte has been taken. */
  abstract boolean atEnd();

  /** The fault of having more than {@code maxBytes}. */
  abstract Malformed tooLong();

  /** Starts over. */
  void reset() {
    count = 0;
  }

  /** Bytes that have been seen. */
  final int count() {
    return count;
  }

  /** What is wrong. */
  final @Nullable Malformed fault() {
    return fault;
  }

  /**
   * Goes on where it stopped.
   *
   * @param in begins with the lines, of which {@link #count} bytes are known already
   * @return whether they are complete
   */
  final boolean advance(ByteBuf in) {
    int from = in.readerIndex() + count;
    int length = in.writerIndex() - from;
    if (length > 0) {
      in.forEachByte(from, length, this);
    }
    return atEnd() && fault == null;
  }

  @Override
  public final boolean process(byte b) {
    return ++count > maxBytes ? fail(tooLong()) : next(b);
  }

  final boolean fail(String reason) {
    return fail(Malformed.bad(reason));
  }

  final boolean fail(Malformed what) {
    fault = what;
    return false;
  }
}
