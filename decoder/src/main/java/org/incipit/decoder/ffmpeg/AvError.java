package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import org.incipit.decoder.audio.DecodeException;

/** FFmpeg's error numbers, all negative, and their texts. */
final class AvError {
  /** Errors of the operating system are its own numbers, negated, and this one's differ. */
  static final int AGAIN = System.getProperty("os.name", "").startsWith("Mac") ? -35 : -11;

  static final int IO = -5;
  static final int INVALID_ARGUMENT = -22;

  private AvError() {}

  static String text(int code) {
    byte[] text = new byte[256];
    av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  /** An error before any audio was decoded. */
  static DecodeException at(DecodeException.Stage stage, int code) {
    return new DecodeException(stage, text(code), 0);
  }
}
