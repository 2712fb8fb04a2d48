package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Memory from FFmpeg's allocator; whoever asks for it frees it. */
final class NativeMemory {
  private NativeMemory() {}

  /** {@code size} bytes of zeros. */
  static Pointer zeros(long size) {
    return present(av_mallocz(size));
  }

  /** An empty channel layout. */
  static AVChannelLayout channelLayout() {
    return new AVChannelLayout(zeros(Pointer.sizeof(AVChannelLayout.class)));
  }

  /** A copy of {@code text} as C takes it, with a zero behind. */
  static BytePointer string(byte[] text) {
    BytePointer copy = new BytePointer(zeros(text.length + 1L));
    return copy.put(text, 0, text.length);
  }

  /** What a native allocator returned, unless that was nothing. */
  static <P extends Pointer> P present(@Nullable P pointer) {
    if (pointer == null || pointer.isNull()) {
      throw new OutOfMemoryError("FFmpeg could not allocate memory");
    }
    return pointer;
  }

  static void free(@Nullable Pointer memory) {
    av_free(memory);
  }
}
