package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;

/**
 * Packets of a container to frames of samples. At the end of the packets the decoder is not
 * drained, as fpcalc does not: codecs that lag behind, such as WMA, keep their last frame.
 */
final class PacketDecoder implements AutoCloseable {
  private final Container container;
  private final AVCodecContext context;
  private final AVFrame frame;
  private boolean packetWanted = true;
  private boolean packetHeld;
  private boolean ended;

  PacketDecoder(Container container) throws DecodeException {
    this.container = container;
    context = NativeMemory.present(avcodec_alloc_context3(container.codec()));
    frame = av_frame_alloc();
    boolean opened = false;
    try {
      NativeMemory.present(frame);
      int code = avcodec_parameters_to_context(context, container.stream().codecpar());
      if (code < 0) {
        throw AvError.at(Stage.STREAM_PARAMETERS, code);
      }
      context.request_sample_fmt(AV_SAMPLE_FMT_S16);
      code = avcodec_open2(context, container.codec(), (AVDictionary) null);
      if (code < 0) {
        throw AvError.at(Stage.CODEC, code);
      }
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  AVCodecContext context() {
    return context;
  }

  /** Filled by {@link #nextFrame}; the same one each time. */
  AVFrame frame() {
    return frame;
  }

  /**
   * Fills {@link #frame} with the next samples.
   *
   * @param positionMillis for the exception
   * @return false at the end
   */
  boolean nextFrame(long positionMillis) throws DecodeException {
    while (true) {
      if (packetWanted && !ended) {
        packetHeld = container.nextPacket(positionMillis);
        ended = !packetHeld;
        packetWanted = false;
      }
      if (packetHeld) {
        int code = avcodec_send_packet(context, container.packet());
        if (code != AvError.AGAIN) {
          av_packet_unref(container.packet());
          packetHeld = false;
          if (code < 0) {
            throw new DecodeException(Stage.READ, AvError.text(code), positionMillis);
          }
        }
      }
      int code = avcodec_receive_frame(context, frame);
      if (code >= 0) {
        return true;
      }
      if (code == AVERROR_EOF || (code == AvError.AGAIN && ended)) {
        return false;
      }
      if (code != AvError.AGAIN) {
        throw new DecodeException(Stage.DECODE, AvError.text(code), positionMillis);
      }
      packetWanted = !packetHeld;
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
