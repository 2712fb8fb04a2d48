package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A body that is gathered before its handler runs. Its room grows with what comes. */
final class WholeBody implements RequestBody {
  // Before EMPTY, which is made of it.
  private static final byte[] NOTHING = new byte[0];

  /** A body of no bytes. */
  static final WholeBody EMPTY = new WholeBody(0);

  private static final int FIRST_ROOM = 8 << 10;

  private final long announced;
  private byte[] bytes = NOTHING;
  private int length;
  private boolean ended;

  /**
   * Nothing yet.
   *
   * @param announced -1 if nobody knows
   */
  WholeBody(long announced) {
    this.announced = announced;
  }

  @Override
  public void add(ByteBuf part) {
    int n = part.readableBytes();
    if (length + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, room(length + n));
    }
    part.readBytes(bytes, length, n);
    length += n;
    part.release();
  }

  /** By how many bytes the room grows for so many more. */
  int growth(int more) {
    int least = length + more;
    return least > bytes.length ? room(least) - bytes.length : 0;
  }

  private int room(int least) {
    long twice = Math.max(2L * bytes.length, FIRST_ROOM);
    long most = announced < 0 ? Integer.MAX_VALUE - 8 : announced;
    return (int) Math.max(least, Math.min(twice, most));
  }

  @Override
  public void end() {
    ended = true;
    if (length != bytes.length) {
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  @Override
  public void fail(IOException reason) {
    // A handler may be reading what is whole; what is not, none ever gets.
    if (!ended) {
      bytes = NOTHING;
      length = 0;
    }
  }

  @Override
  public InputStream stream() {
    return new ByteArrayInputStream(bytes, 0, length);
  }

  /** All bytes as they came, not copied. */
  byte[] bytes() {
    return bytes;
  }
}
