package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.jspecify.annotations.Nullable;

/** An open file or stream, and the packets of its best audio stream. */
final class Container implements AutoCloseable {
  /** A demuxer that has nothing yet is asked again this often. */
  private static final int MAX_TRIES = 10_000;

  private final @Nullable StreamIo io;
  private final AVFormatContext context;
  private final AVPacket packet;
  private final AVCodec codec = new AVCodec((Pointer) null);
  private int streamIndex = -1;

  private Container(@Nullable StreamIo io, AVFormatContext context, AVPacket packet) {
    this.io = io;
    this.context = context;
    this.packet = packet;
  }

  /** Opens a file, by its name where FFmpeg knows its file system. */
  static Container open(Path path, DecodeOptions options) throws DecodeException {
    if (path.getFileSystem().equals(FileSystems.getDefault())) {
      return open(FileName.of(path), options);
    }
    try {
      return open(StreamIo.of(path), options);
    } catch (DecodeException e) {
      throw e;
    } catch (IOException e) {
      throw new DecodeException(Stage.OPEN, e, 0);
    }
  }

  /** Opens what FFmpeg finds under {@code name}. */
  static Container open(byte[] name, DecodeOptions options) throws DecodeException {
    BytePointer text = NativeMemory.string(name);
    try {
      return open(text, null, options, String.join(",", options.protocols()));
    } finally {
      NativeMemory.free(text);
    }
  }

  /**
   * Opens what {@code io} delivers and closes {@code io} with it, or at once if that fails. A
   * playlist in it leads nowhere, whatever the options say.
   */
  static Container open(StreamIo io, DecodeOptions options) throws DecodeException {
    boolean opened = false;
    try {
      Container container = open(null, io, options, "");
      opened = true;
      return container;
    } finally {
      if (!opened) {
        io.close();
      }
    }
  }

  private static Container open(
      @Nullable BytePointer name, @Nullable StreamIo io, DecodeOptions options, String protocols)
      throws DecodeException {
    AVInputFormat format = null;
    if (options.format() != null) {
      format = av_find_input_format(options.format());
      if (format == null) {
        throw new IllegalArgumentException("FFmpeg knows no format " + options.format());
      }
    }
    AVFormatContext context = NativeMemory.present(avformat_alloc_context());
    if (io != null) {
      context.pb(io.context());
    }
    AVDictionary settings = new AVDictionary((Pointer) null);
    try {
      av_dict_set(settings, "protocol_whitelist", protocols, 0);
      if (options.rate() > 0) {
        av_dict_set(settings, "sample_rate", Integer.toString(options.rate()), 0);
      }
      if (options.channels() > 0) {
        av_dict_set(settings, "ch_layout", layoutName(options.channels()), 0);
      }
      // Frees the context if it fails.
      int code = avformat_open_input(context, name, format, settings);
      if (code < 0) {
        throw explained(AvError.at(Stage.OPEN, code), io);
      }
    } finally {
      av_dict_free(settings);
    }
    AVPacket packet = av_packet_alloc();
    if (packet == null) {
      avformat_close_input(context);
    }
    return new Container(io, context, NativeMemory.present(packet));
  }

  private static String layoutName(int channels) {
    return switch (channels) {
      case 1 -> "mono";
      case 2 -> "stereo";
      default -> channels + " channels";
    };
  }

  /** Looks into the streams and chooses the one that {@link #nextPacket} delivers. */
  void chooseAudio() throws DecodeException {
    int code = avformat_find_stream_info(context, (AVDictionary) null);
    if (code < 0) {
      throw AvError.at(Stage.STREAM_INFO, code);
    }
    streamIndex = findAudio();
    if (streamIndex < 0) {
      throw AvError.at(Stage.NO_AUDIO, streamIndex);
    }
    int streams = context.nb_streams();
    for (int i = 0; i < streams; i++) {
      if (i != streamIndex) {
        context.streams(i).discard(AVDISCARD_ALL);
      }
    }
  }

  /** The index of the audio stream that FFmpeg thinks best, or an error number. */
  int findAudio() {
    return av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, codec, 0);
  }

  AVFormatContext context() {
    return context;
  }

  /** The stream chosen. */
  AVStream stream() {
    return context.streams(streamIndex);
  }

  /** The decoder of the stream chosen. */
  AVCodec codec() {
    return codec;
  }

  /** Filled by {@link #nextPacket}; the same one each time. */
  AVPacket packet() {
    return packet;
  }

  /**
   * Fills {@link #packet} with the next of the stream that is not empty.
   *
   * @param positionMillis for the exception
   * @return false at the end
   */
  boolean nextPacket(long positionMillis) throws DecodeException {
    int tries = 0;
    while (true) {
      int code = av_read_frame(context, packet);
      if (code == AVERROR_EOF) {
        if (io == null || io.failure() == null) {
          return false;
        }
        throw new DecodeException(Stage.READ, AvError.text(code), positionMillis);
      }
      if (code == AvError.AGAIN && tries < MAX_TRIES) {
        tries++;
      } else if (code < 0) {
        throw new DecodeException(Stage.READ, AvError.text(code), positionMillis);
      } else if (packet.stream_index() == streamIndex && packet.size() > 0) {
        return true;
      } else {
        av_packet_unref(packet);
      }
    }
  }

  /**
   * The error, or what the stream of Java threw behind it. FFmpeg goes on with what it had read by
   * then, so that what it complains of may be anything.
   */
  DecodeException explained(DecodeException error) {
    return explained(error, io);
  }

  private static DecodeException explained(DecodeException error, @Nullable StreamIo io) {
    Throwable cause = io == null ? null : io.failure();
    if (cause instanceof Error serious) {
      throw serious;
    }
    if (cause == null) {
      return error;
    }
    Stage stage = error.stage() == Stage.DECODE ? Stage.READ : error.stage();
    return new DecodeException(stage, cause, error.positionMillis());
  }

  @Override
  public void close() {
    // Each sets its pointer to null, so that closing twice is harmless.
    av_packet_free(packet);
    avformat_close_input(context);
    if (io != null) {
      io.close();
    }
  }
}
