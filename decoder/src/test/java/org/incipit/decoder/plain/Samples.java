package org.incipit.decoder.plain;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;

/** All that a source delivers. */
final class Samples {
  private Samples() {}

  static short[] decode(byte[] file, DecodeOptions options) throws DecodeException {
    try (PcmSource source = PlainReader.open(new ByteArrayInputStream(file), options)) {
      return all(source);
    }
  }

  static short[] all(PcmSource source) throws DecodeException {
    short[][] samples = {new short[1 << 14]};
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
}
