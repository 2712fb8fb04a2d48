package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_describe;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;

import java.io.InputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.jspecify.annotations.Nullable;

/**
 * Audio decoded by FFmpeg. Native memory is used and freed under one lock, so that a source may be
 * closed by any thread; the stream behind it may even close it from within a read.
 */
public final class FfmpegSource implements PcmSource {
  /** Frames that one read gathers before it returns, room permitting. */
  private static final int BLOCK = 8192;

  private final Container container;
  private final PacketDecoder decoder;
  private final PcmBuffer buffer;
  private final FrameConverter converter;
  private final AudioFormat format;
  private final int channels;
  private long toDrop;
  private long toDeliver;
  private boolean ended;
  private boolean released;
  private @Nullable Throwable failure;

  /** Set before the lock is waited for, so that a read under way comes to an end. */
  private volatile boolean closed;

  private final ReentrantLock lock = new ReentrantLock();

  private FfmpegSource(
      Container container,
      PacketDecoder decoder,
      PcmBuffer buffer,
      FrameConverter converter,
      DecodeOptions options) {
    this.container = container;
    this.decoder = decoder;
    this.buffer = buffer;
    this.converter = converter;
    channels = converter.targetChannels();
    format = describe(container, decoder, converter);
    int rate = converter.targetRate();
    Duration length = options.length();
    toDrop = samples(options.start(), rate, channels);
    toDeliver = length == null ? Long.MAX_VALUE : samples(length, rate, channels);
  }

  /** Opens a file. */
  public static PcmSource open(Path path, DecodeOptions options) throws DecodeException {
    FfmpegLibraries.require();
    return over(Container.open(path, options), options);
  }

  /** Opens what FFmpeg finds under a name: a file, or a URL of an allowed protocol. */
  public static PcmSource open(byte[] name, DecodeOptions options) throws DecodeException {
    FfmpegLibraries.require();
    return over(Container.open(name, options), options);
  }

  /** Opens a stream, which stays the caller's. */
  public static PcmSource open(InputStream in, DecodeOptions options) throws DecodeException {
    FfmpegLibraries.require();
    return over(Container.open(StreamIo.of(in), options), options);
  }

  /** Opens a channel, which stays the caller's. */
  public static PcmSource open(ReadableByteChannel channel, DecodeOptions options)
      throws DecodeException {
    FfmpegLibraries.require();
    return over(Container.open(StreamIo.of(channel), options), options);
  }

  private static PcmSource over(Container container, DecodeOptions options) throws DecodeException {
    PacketDecoder decoder = null;
    PcmBuffer buffer = null;
    FrameConverter converter = null;
    FfmpegSource source = null;
    try {
      container.chooseAudio();
      decoder = new PacketDecoder(container);
      buffer = new PcmBuffer(2 * BLOCK * Math.max(decoder.context().ch_layout().nb_channels(), 1));
      converter = new FrameConverter(options, decoder, buffer);
      source = new FfmpegSource(container, decoder, buffer, converter, options);
      return source;
    } catch (DecodeException e) {
      throw container.explained(e);
    } finally {
      if (source == null) {
        close(converter, buffer, decoder, container);
      }
    }
  }

  private static AudioFormat describe(
      Container container, PacketDecoder decoder, FrameConverter converter) {
    AVCodecContext context = decoder.context();
    AVCodecParameters parameters = container.stream().codecpar();
    AVChannelLayout layout = converter.sourceLayout();
    byte[] name = new byte[256];
    int length = av_channel_layout_describe(layout, name, name.length);
    int width = 8 * av_get_bytes_per_sample(context.sample_fmt());
    int used = context.bits_per_raw_sample();
    long bitRate =
        parameters.bit_rate() > 0 ? parameters.bit_rate() : container.context().bit_rate();
    return new AudioFormat(
        avcodec_get_name(parameters.codec_id()).getString(),
        context.sample_rate(),
        layout.nb_channels(),
        new String(name, 0, Math.max(Math.min(length, name.length) - 1, 0), StandardCharsets.UTF_8),
        used > 0 && used < width ? used : width,
        Math.max(bitRate, 0),
        StreamDuration.millis(container));
  }

  /** The time in samples, cut off. */
  private static long samples(Duration time, int rate, int channels) {
    try {
      long frames =
          Math.addExact(
              Math.multiplyExact(time.getSeconds(), rate),
              time.getNano() * (long) rate / 1_000_000_000);
      return Math.multiplyExact(frames, channels);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public int sampleRate() {
    return converter.targetRate();
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
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("this source is being read");
    }
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("this source is closed");
      }
      return deliver(into, offset, length);
    } finally {
      if (closed) {
        release();
      }
      lock.unlock();
    }
  }

  private int deliver(short[] into, int offset, int length) throws DecodeException {
    int wanted = (int) Math.min(length - length % channels, toDeliver);
    if (wanted == 0) {
      return -1;
    }
    while (buffer.size() < Math.min(wanted, BLOCK * channels) && !ended && !closed) {
      gather();
    }
    if (buffer.size() == 0) {
      rethrow();
      return -1;
    }
    int n = buffer.take(into, offset, wanted);
    toDeliver -= n;
    return n;
  }

  private void rethrow() throws DecodeException {
    if (failure instanceof Error serious) {
      throw serious;
    }
    if (failure instanceof RuntimeException unforeseen) {
      throw unforeseen;
    }
    if (failure instanceof DecodeException known) {
      throw known;
    }
  }

  private void gather() {
    try {
      decodeFrame();
    } catch (DecodeException | RuntimeException | Error e) {
      // Told when what was decoded before has been delivered, and at every read after that.
      ended = true;
      failure = e;
    }
    if (toDrop > 0) {
      int n = (int) Math.min(toDrop, buffer.size());
      buffer.drop(n);
      toDrop -= n;
    }
  }

  private void decodeFrame() throws DecodeException {
    try {
      if (decoder.nextFrame(converter.positionMillis())) {
        converter.convert();
      } else {
        ended = true;
        converter.flush();
      }
    } catch (DecodeException e) {
      throw container.explained(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (lock.isHeldByCurrentThread()) {
      // Called by the stream that is being read: FFmpeg still stands on this thread's stack.
      return;
    }
    lock.lock();
    try {
      release();
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    if (!released) {
      released = true;
      close(converter, buffer, decoder, container);
    }
  }

  private static void close(
      @Nullable FrameConverter converter,
      @Nullable PcmBuffer buffer,
      @Nullable PacketDecoder decoder,
      Container container) {
    if (converter != null) {
      converter.close();
    }
    if (buffer != null) {
      buffer.close();
    }
    if (decoder != null) {
      decoder.close();
    }
    container.close();
  }
}
