package org.incipit.decoder.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;

/** Everything a source delivers, and ways to make and to compare it. */
final class Pcm {
  private Pcm() {}

  static short[] decode(Path file, DecodeOptions options) throws DecodeException {
    try (PcmSource source = AudioDecoder.open(file, options)) {
      return all(source);
    }
  }

  static short[] all(PcmSource source) throws DecodeException {
    short[][] samples = {new short[1 << 16]};
    int[] size = {0};
    source.forEachBlock((block, offset, length) -> {
      if (size[0] + length > samples[0].length) {
        samples[0] = Arrays.copyOf(samples[0], 2 * (size[0] + length));
      }
      System.arraycopy(block, offset, samples[0], size[0], length);
      size[0] += length;
    });
    return Arrays.copyOf(samples[0], size[0]);
  }

  /** A RIFF file with 16-bit samples. */
  static byte[] wav(int rate, int channels, short[] samples) {
    ByteBuffer file = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes()).putInt(36 + 2 * samples.length).put("WAVEfmt ".getBytes());
    file.putInt(16).putShort((short) 1).putShort((short) channels).putInt(rate);
    file.putInt(rate * channels * 2).putShort((short) (2 * channels)).putShort((short) 16);
    file.put("data".getBytes()).putInt(2 * samples.length);
    file.asShortBuffer().put(samples);
    return file.array();
  }

  /** The beginning of the SHA-256 of the samples as little-endian bytes. */
  static String digest(short[] samples) throws NoSuchAlgorithmException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    return HexFormat.of().formatHex(digest, 0, 8);
  }
}
