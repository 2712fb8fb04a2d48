package org.incipit.decoder.plain;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.DecodeOptions.Target;
import org.incipit.decoder.audio.PcmSource;
import org.jspecify.annotations.Nullable;

/** Samples that follow one another in a stream of bytes. */
final class PlainSource implements PcmSource {
  /** Frames to read at once, unless the source is a live one. */
  static final int BLOCK_FRAMES = 4096;

  private static final int BLOCK_BYTES = 1 << 16;

  /** Beyond this a filter would have more taps than any audio asks for. */
  private static final int MAX_RESAMPLED_RATE = 3_072_000;

  private final ByteInput in;
  private final Closeable owned;
  private final AudioFormat format;
  private final int sampleRate;
  private final int channels;
  private final int frameBytes;
  private final PcmConverter converter;
  private final byte[] bytes;
  private final ByteBuffer frames;
  private int filled;
  private long bytesLeft;
  private long framesRead;
  private long toDrop;
  private long toDeliver;
  private boolean ended;
  private @Nullable DecodeException failure;

  /** Read by another thread when it is a line that is closed. */
  private volatile boolean closed;

  /**
   * @param in at the first sample
   * @param block frames to read at once, if they are not too large
   * @param owned closed with this source
   */
  PlainSource(ByteInput in, PlainStream stream, DecodeOptions options, int block, Closeable owned)
      throws DecodeException {
    this.in = in;
    this.owned = owned;
    format = stream.format();
    frameBytes = stream.frameBytes();
    bytesLeft = stream.dataBytes();
    int blockFrames = Math.max(Math.min(block, BLOCK_BYTES / frameBytes), 1);
    bytes = new byte[blockFrames * frameBytes];
    frames = ByteBuffer.wrap(bytes);
    if (options.target() == Target.NATIVE) {
      sampleRate = stream.sampleRate();
      converter = new NativeConverter(stream.encoding(), stream.channels(), blockFrames);
    } else {
      sampleRate = FilterBank.OUTPUT_RATE;
      converter = toMono(stream, blockFrames);
    }
    channels = converter.channels();
    Duration length = options.length();
    toDrop = frames(options.start(), sampleRate);
    toDeliver = length == null ? Long.MAX_VALUE : frames(length, sampleRate);
  }

  private static PcmConverter toMono(PlainStream stream, int blockFrames) throws DecodeException {
    SampleEncoding encoding = stream.encoding();
    int rate = stream.sampleRate();
    if (rate > MAX_RESAMPLED_RATE) {
      throw new DecodeException(Stage.CONVERTER, "sample rate " + rate + " Hz", 0);
    }
    if (rate == FilterBank.OUTPUT_RATE && stream.channels() == 1) {
      return new NativeConverter(encoding, 1, blockFrames);
    }
    double[] gains = stream.layout().gainsToMono().orElse(null);
    if (gains == null) {
      throw new DecodeException(
          Stage.CONVERTER, "no way to mix " + stream.layout().name() + " to mono", 0);
    }
    return encoding.isWide()
        ? FloatConverter.of(encoding, rate, gains, blockFrames)
        : IntegerConverter.of(encoding, rate, gains, blockFrames);
  }

  /** The time in frames, cut off. */
  private static long frames(Duration time, int rate) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getSeconds(), rate),
          time.getNano() * (long) rate / 1_000_000_000);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public int read(short[] into, int offset, int length) throws DecodeException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length < channels) {
      throw new IllegalArgumentException(
          "length must hold a frame of " + channels + " samples (got " + length + ")");
    }
    if (closed) {
      throw new IllegalStateException("this source is closed");
    }
    int room = length / channels;
    while (toDeliver > 0) {
      boolean drops = toDrop > 0;
      int count = converter.take(into, offset, (int) Math.min(room, drops ? toDrop : toDeliver));
      if (count == 0) {
        if (!more()) {
          return -1;
        }
      } else if (drops) {
        toDrop -= count;
      } else {
        toDeliver -= count;
        return count * channels;
      }
    }
    return -1;
  }

  /** Puts more into the converter, which is empty; false if there is no more. */
  private boolean more() throws DecodeException {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return false;
    }
    int read;
    try {
      int room = (int) Math.min(bytes.length - filled, bytesLeft);
      read = room == 0 ? -1 : in.read(bytes, filled, room);
    } catch (IOException | RuntimeException e) {
      if (closed) {
        return false;
      }
      failure = new DecodeException(Stage.READ, e, 1000 * framesRead / format.sampleRate());
      throw failure;
    }
    if (closed) {
      return false;
    }
    if (read <= 0) {
      // A line that has stopped gives 0.
      ended = true;
      converter.end();
      return true;
    }
    bytesLeft -= read;
    filled += read;
    int count = filled / frameBytes;
    if (count > 0) {
      converter.put(frames.position(0), count);
      framesRead += count;
      int used = count * frameBytes;
      System.arraycopy(bytes, used, bytes, 0, filled - used);
      filled -= used;
    }
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        owned.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
