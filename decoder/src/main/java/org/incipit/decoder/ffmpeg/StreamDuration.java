package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_SEEKABLE_NORMAL;
import static org.bytedeco.ffmpeg.global.avformat.avio_read;
import static org.bytedeco.ffmpeg.global.avformat.avio_seek;
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.incipit.decoder.audio.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * How long a stream is by its container, as fpcalc says it. Newer versions of FFmpeg take the
 * encoder's padding off the length of MP3 files; here it is counted, as it was before.
 */
final class StreamDuration {
  private static final long MICROSECONDS = 1_000_000;
  private static final int ID3_HEADER = 10;
  private static final int MAX_ID3_TAGS = 16;
  private static final int FIRST_FRAME = 4096;

  private StreamDuration() {}

  /** In milliseconds, cut off, or {@link AudioFormat#UNKNOWN_DURATION}. */
  static long millis(Container container) {
    AVFormatContext context = container.context();
    AVStream stream = container.stream();
    AVRational unit = stream.time_base();
    long millis = AudioFormat.UNKNOWN_DURATION;
    if (stream.duration() != AV_NOPTS_VALUE && unit.den() != 0) {
      millis = 1000L * unit.num() * withPadding(context, stream) / unit.den();
    } else if (context.duration() != AV_NOPTS_VALUE) {
      millis = 1000 * context.duration() / MICROSECONDS;
    }
    return Math.max(millis, AudioFormat.UNKNOWN_DURATION);
  }

  private static long withPadding(AVFormatContext context, AVStream stream) {
    long duration = stream.duration();
    AVIOContext io = context.pb();
    if (io == null
        || (io.seekable() & AVIO_SEEKABLE_NORMAL) == 0
        || !"mp3".equals(context.iformat().name().getString())) {
      return duration;
    }
    XingHeader header = readHeader(io);
    if (header == null) {
      return duration;
    }
    // Believed only where it explains FFmpeg's figure to the sample.
    long full = inStreamTime(header.samples(), header, stream);
    long trimmed = inStreamTime(header.samples() - header.paddingSamples(), header, stream);
    return duration == trimmed ? full : duration;
  }

  private static long inStreamTime(long samples, XingHeader header, AVStream stream) {
    return av_rescale(
        samples, stream.time_base().den(), (long) header.sampleRate() * stream.time_base().num());
  }

  private static @Nullable XingHeader readHeader(AVIOContext io) {
    long position = avio_tell(io);
    byte[] data = new byte[FIRST_FRAME];
    long start = 0;
    for (int tags = 0; tags < MAX_ID3_TAGS; tags++) {
      int read = readAt(io, start, data, ID3_HEADER);
      if (read < ID3_HEADER || data[0] != 'I' || data[1] != 'D' || data[2] != '3') {
        break;
      }
      boolean footer = (data[5] & 0x10) != 0;
      int size =
          ((data[6] & 0x7f) << 21)
              | ((data[7] & 0x7f) << 14)
              | ((data[8] & 0x7f) << 7)
              | (data[9] & 0x7f);
      start += ID3_HEADER + size + (footer ? ID3_HEADER : 0);
    }
    int read = readAt(io, start, data, data.length);
    XingHeader header = XingHeader.find(data, Math.max(read, 0));
    avio_seek(io, position, 0);
    return header;
  }

  private static int readAt(AVIOContext io, long position, byte[] into, int length) {
    return avio_seek(io, position, 0) < 0 ? -1 : avio_read(io, into, length);
  }
}
