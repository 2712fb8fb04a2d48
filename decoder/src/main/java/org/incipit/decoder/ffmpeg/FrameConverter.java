package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.avutil.av_get_bytes_per_sample;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_double;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_sample_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_samples_copy;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.DecodeOptions.Resampling;
import org.incipit.decoder.audio.DecodeOptions.Target;
import org.jspecify.annotations.Nullable;

/**
 * Frames in the decoder's format to interleaved 16-bit samples of one rate and layout, which stay
 * the same when the decoder's change in mid-stream.
 */
final class FrameConverter implements AutoCloseable {
  private static final int FINGERPRINT_RATE = 11025;

  private final AVFrame frame;
  private final AVChannelLayout frameLayout;
  private final PcmBuffer out;
  private final boolean fingerprint;
  private final boolean integer;
  private final int targetRate;
  private final AVChannelLayout target = NativeMemory.channelLayout();
  private final int targetChannels;

  /** As the decoder told them when the converter was last built. */
  private final AVChannelLayout told = NativeMemory.channelLayout();

  private int format;
  private int rate;

  /** {@link #told}, or the usual layout of its channel count if it says no more than that. */
  private final AVChannelLayout source = NativeMemory.channelLayout();

  private final SwrContext converter = new SwrContext((Pointer) null);

  /** The planes of the frame; their array moves only if there are more than fit into the frame. */
  private PointerPointer<?> planes;

  private boolean planesMove;
  private long made;
  private boolean closed;

  FrameConverter(DecodeOptions options, PacketDecoder decoder, PcmBuffer out)
      throws DecodeException {
    frame = decoder.frame();
    frameLayout = frame.ch_layout();
    planes = frame.extended_data();
    this.out = out;
    fingerprint = options.target() == Target.FINGERPRINT;
    integer = options.resampling() == Resampling.INTEGER;
    boolean built = false;
    try {
      AVCodecContext context = decoder.context();
      readFormat(context.ch_layout(), context.sample_fmt(), context.sample_rate());
      if (fingerprint) {
        targetRate = FINGERPRINT_RATE;
        av_channel_layout_default(target, 1);
      } else {
        targetRate = rate;
        copy(target, source);
      }
      targetChannels = target.nb_channels();
      if (targetChannels < 1 || targetRate < 1) {
        throw failed(Stage.CONVERTER, AvError.INVALID_ARGUMENT);
      }
      build();
      built = true;
    } finally {
      if (!built) {
        close();
      }
    }
  }

  int targetRate() {
    return targetRate;
  }

  int targetChannels() {
    return targetChannels;
  }

  /** The layout of the source; lent, and changes with it. */
  AVChannelLayout sourceLayout() {
    return source;
  }

  /** How much has been converted. */
  long positionMillis() {
    return made == 0 ? 0 : made / targetChannels * 1000 / targetRate;
  }

  /** Appends what the frame of the decoder becomes to the buffer. */
  void convert() throws DecodeException {
    int samples = frame.nb_samples();
    if (frame.sample_rate() != rate
        || frame.format() != format
        || av_channel_layout_compare(frameLayout, told) != 0) {
      flush();
      readFormat(frameLayout, frame.format(), frame.sample_rate());
      planes = frame.extended_data();
      build();
    }
    if (converter.isNull()) {
      reserve(samples);
      av_samples_copy(out.tail(), planes, 0, 0, samples, targetChannels, AV_SAMPLE_FMT_S16);
      out.appended(samples * targetChannels);
      made += (long) samples * targetChannels;
      return;
    }
    if (planesMove) {
      planes = frame.extended_data();
    }
    resample(planes, samples);
  }

  /** Appends the end of the filter; the next frame would begin a new stream. */
  void flush() throws DecodeException {
    if (!converter.isNull()) {
      resample(null, 0);
    }
  }

  private void resample(@Nullable PointerPointer<?> data, int samples) throws DecodeException {
    int most = swr_get_out_samples(converter, samples);
    if (most < 0) {
      throw failed(Stage.CONVERT, most);
    }
    reserve(most);
    int converted = swr_convert(converter, out.tail(), most, data, samples);
    if (converted < 0) {
      throw failed(Stage.CONVERT, converted);
    }
    out.appended(converted * targetChannels);
    made += (long) converted * targetChannels;
  }

  private void reserve(int samples) throws DecodeException {
    if (!out.reserve((long) samples * targetChannels)) {
      throw new DecodeException(
          Stage.CONVERT, "a frame of " + samples + " samples", positionMillis());
    }
  }

  private DecodeException failed(Stage stage, int code) {
    return new DecodeException(stage, AvError.text(code), positionMillis());
  }

  private void readFormat(AVChannelLayout layout, int sampleFormat, int sampleRate)
      throws DecodeException {
    copy(told, layout);
    format = sampleFormat;
    rate = sampleRate;
    if (layout.order() == AV_CHANNEL_ORDER_UNSPEC) {
      av_channel_layout_uninit(source);
      av_channel_layout_default(source, layout.nb_channels());
    } else {
      copy(source, layout);
    }
    planesMove = layout.nb_channels() > AVFrame.AV_NUM_DATA_POINTERS;
  }

  private void copy(AVChannelLayout into, AVChannelLayout layout) throws DecodeException {
    int code = av_channel_layout_copy(into, layout);
    if (code < 0) {
      throw failed(Stage.CONVERTER, code);
    }
  }

  /** Builds the converter, or none if the decoder delivers what is wanted. */
  private void build() throws DecodeException {
    swr_free(converter);
    if (format == AV_SAMPLE_FMT_S16
        && rate == targetRate
        && ((targetChannels == 1 && source.nb_channels() == 1)
            || av_channel_layout_compare(source, target) == 0)) {
      return;
    }
    int code =
        swr_alloc_set_opts2(
            converter, target, AV_SAMPLE_FMT_S16, targetRate, source, format, rate, 0, null);
    if (code >= 0) {
      if (fingerprint) {
        av_opt_set_int(converter, "filter_size", 16, 0);
        av_opt_set_int(converter, "phase_shift", 8, 0);
        av_opt_set_int(converter, "linear_interp", 1, 0);
        av_opt_set_double(converter, "cutoff", 0.8, 0);
        if (integer && av_get_bytes_per_sample(format) <= 2) {
          av_opt_set_sample_fmt(converter, "internal_sample_fmt", AV_SAMPLE_FMT_S16P, 0);
        }
      }
      code = swr_init(converter);
    }
    if (code < 0) {
      throw failed(Stage.CONVERTER, code);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      swr_free(converter);
      for (AVChannelLayout layout : new AVChannelLayout[] {target, told, source}) {
        av_channel_layout_uninit(layout);
        NativeMemory.free(layout);
      }
    }
  }
}
