package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FORCE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of Java, read by FFmpeg: a stream or a channel, which stays its owner's, or a file.
 *
 * <p>JavaCPP has only ten native entry points for one kind of callback, so all streams share one,
 * and the number that FFmpeg hands back tells them apart. No exception may pass through FFmpeg's
 * frames: the first one is kept in {@link #failure()}, and FFmpeg sees an error number.
 */
final class StreamIo implements AutoCloseable {
  private static final int CHUNK = 1 << 15;
  private static final Map<Long, StreamIo> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer number, BytePointer into, int size) {
          StreamIo io = OPEN.get(number.address());
          return io == null ? AvError.IO : io.read(into, size);
        }
      };

  private static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer number, long offset, int whence) {
          StreamIo io = OPEN.get(number.address());
          return io == null ? AvError.IO : io.seek(offset, whence);
        }
      };

  /** Reads at least one of at most {@code length} bytes to the start of {@code chunk}, or -1. */
  private interface Reader {
    int read(byte[] chunk, int length) throws IOException;
  }

  private final StreamNumber number = new StreamNumber(NUMBERS.incrementAndGet());
  private final byte[] chunk = new byte[CHUNK];
  private final Reader reader;
  private final @Nullable SeekableByteChannel seekable;
  private final long origin;
  private final AVIOContext context;
  private @Nullable SeekableByteChannel owned;
  private @Nullable Throwable failure;
  private boolean closed;

  private StreamIo(Reader reader, @Nullable SeekableByteChannel seekable, long origin) {
    this.reader = reader;
    this.seekable = seekable;
    this.origin = origin;
    BytePointer buffer = new BytePointer(NativeMemory.zeros(CHUNK));
    AVIOContext made =
        avio_alloc_context(buffer, CHUNK, 0, number, READ, null, seekable == null ? null : SEEK);
    if (made == null) {
      NativeMemory.free(buffer);
    }
    context = NativeMemory.present(made);
    OPEN.put(number.address(), this);
  }

  static StreamIo of(InputStream in) {
    return new StreamIo((chunk, length) -> in.read(chunk, 0, length), null, 0);
  }

  /** A channel that can seek begins where it stands. */
  static StreamIo of(ReadableByteChannel channel) {
    Reader reader = (chunk, length) -> channel.read(ByteBuffer.wrap(chunk, 0, length));
    if (channel instanceof SeekableByteChannel seekable) {
      try {
        return new StreamIo(reader, seekable, seekable.position());
      } catch (IOException e) {
        // The FileChannel of a pipe claims that it can seek.
        return new StreamIo(reader, null, 0);
      }
    }
    return new StreamIo(reader, null, 0);
  }

  /** A file of a file system that only Java knows; closed with this. */
  static StreamIo of(Path path) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(path);
    StreamIo io = of(channel);
    io.owned = channel;
    return io;
  }

  AVIOContext context() {
    return context;
  }

  /** What the stream threw; FFmpeg may have taken it for the end of the file. */
  @Nullable Throwable failure() {
    return failure;
  }

  private int read(BytePointer into, int size) {
    if (failure != null) {
      return AvError.IO;
    }
    try {
      int n = reader.read(chunk, Math.min(size, CHUNK));
      if (n < 0) {
        return AVERROR_EOF;
      }
      if (n == 0) {
        throw new IOException("the stream returned no bytes; it must block until it has some");
      }
      into.put(chunk, 0, n);
      return n;
    } catch (Throwable t) {
      failure = t;
      return AvError.IO;
    }
  }

  private long seek(long offset, int whence) {
    SeekableByteChannel channel = seekable;
    if (channel == null || failure != null) {
      return AvError.IO;
    }
    try {
      long size = channel.size() - origin;
      int from = whence & ~AVSEEK_FORCE;
      if (from == AVSEEK_SIZE) {
        return size;
      }
      long target =
          switch (from) {
            case 0 -> offset;
            case 1 -> channel.position() - origin + offset;
            case 2 -> size + offset;
            default -> -1;
          };
      if (target < 0) {
        return AvError.INVALID_ARGUMENT;
      }
      channel.position(origin + target);
      return target;
    } catch (Throwable t) {
      failure = t;
      return AvError.IO;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      OPEN.remove(number.address());
      // FFmpeg may have replaced the buffer by a larger one.
      NativeMemory.free(context.buffer());
      avio_context_free(context);
      if (owned != null) {
        try {
          owned.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** A number where FFmpeg keeps an address; it is never followed. */
  private static final class StreamNumber extends Pointer {
    StreamNumber(long value) {
      address = value;
    }
  }
}
