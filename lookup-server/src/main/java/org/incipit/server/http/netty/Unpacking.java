package org.incipit.server.http.netty;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.HttpError;
import org.jspecify.annotations.Nullable;

/** A packed body, unpacked while it is read, up to a limit. */
final class Unpacking extends InputStream {
  private static final int ROOM = 4 << 10;
  private static final int ZLIB_DEFLATE = 8;

  private final InputStream packed;
  private final boolean gzip;
  private final long limit;
  private @Nullable InputStream unpacked;
  private @Nullable Inflater inflater;
  private long total;

  private Unpacking(InputStream packed, boolean gzip, long limit) {
    this.packed = packed;
    this.gzip = gzip;
    this.limit = limit;
  }

  /** A body that is not what its coding says. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(IOException cause) {
      super("the body is not what Content-Encoding says", cause);
    }
  }

  /**
   * The stream of the content of a body.
   *
   * @param coding what {@code Content-Encoding} says
   * @throws HttpError 415 if it is none that we know
   */
  static InputStream of(InputStream body, @Nullable String coding, long limit) throws HttpError {
    return switch (coding == null ? "identity" : coding.toLowerCase(Locale.ROOT)) {
      case "identity", "" -> body;
      case "gzip", "x-gzip" -> new Unpacking(body, true, limit);
      case "deflate" -> new Unpacking(body, false, limit);
      default -> throw new HttpError(415, "Content-Encoding must be gzip or deflate");
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    try {
      if (unpacked == null) {
        unpacked = gzip ? new GZIPInputStream(packed, ROOM) : inflating(packed);
      }
      int n = unpacked.read(to, from, length);
      total += Math.max(n, 0);
      if (total > limit) {
        throw new BodyLimitException("unpacked body", limit);
      }
      return n;
    } catch (ZipException | EOFException e) {
      throw new DamagedException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (unpacked != null) {
      unpacked.close();
    }
    if (inflater != null) {
      inflater.end();
    }
  }

  /** RFC 9110 says zlib; some send bare deflate. */
  private InputStream inflating(InputStream packed) throws IOException {
    BufferedInputStream in = new BufferedInputStream(packed, ROOM);
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    boolean zlib = (first & 0x0F) == ZLIB_DEFLATE && ((first << 8) | second) % 31 == 0;
    Inflater own = new Inflater(!zlib);
    inflater = own;
    return new InflaterInputStream(in, own, ROOM);
  }
}
