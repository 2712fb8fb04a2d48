package org.incipit.server.net;

import io.netty.buffer.ByteBuf;

/**
 * Bytes that have come and were not yet taken, in one array that is let go when it is empty: a
 * thousand idle connections hold none. Not thread-safe.
 */
final class Inbox {
  private static final byte[] NONE = new byte[0];
  private static final int SMALLEST = 128;

  private byte[] bytes = NONE;
  private int start;
  private int end;
  private int searched; // from start to here there is no LF

  int size() {
    return end - start;
  }

  void add(ByteBuf more) {
    int count = more.readableBytes();
    makeRoom(count);
    more.readBytes(bytes, end, count);
    end += count;
  }

  /** Bytes up to the next LF, without it; -1 if it has not come. */
  int lineLength() {
    for (int i = searched; i < end; i++) {
      if (bytes[i] == '\n') {
        searched = i;
        return i - start;
      }
    }
    searched = end;
    return -1;
  }

  /** Takes a line of this length with its LF; without the CR before that. */
  byte[] takeLine(int length) {
    boolean carriageReturn = length > 0 && bytes[start + length - 1] == '\r';
    byte[] line = new byte[carriageReturn ? length - 1 : length];
    System.arraycopy(bytes, start, line, 0, line.length);
    skip(length + 1);
    return line;
  }

  /** Takes at most so many; how many it were. */
  int take(byte[] into, int offset, int length) {
    int count = Math.min(length, size());
    System.arraycopy(bytes, start, into, offset, count);
    skip(count);
    return count;
  }

  private void skip(int count) {
    start += count;
    searched = start;
    if (start == end) {
      bytes = NONE;
      start = 0;
      end = 0;
      searched = 0;
    }
  }

  private void makeRoom(int count) {
    if (bytes.length - end >= count) {
      return;
    }
    int size = size();
    int needed = Math.addExact(size, count);
    byte[] target = bytes;
    if (needed > bytes.length || start < bytes.length / 2) {
      // At least doubled, so that no byte is copied often.
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
      target = new byte[Math.max(Math.max(SMALLEST, needed), doubled)];
    }
    System.arraycopy(bytes, start, target, 0, size);
    bytes = target;
    searched -= start;
    start = 0;
    end = size;
  }
}
