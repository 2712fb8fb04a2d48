package org.incipit.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Music that nobody has written, long enough to be catalogued. The same seed, the same tune. */
final class Tune {
  private static final int RATE = 11025;
  private static final int VOICES = 3;
  private static final int HEADER_BYTES = 44;

  private Tune() {}

  /** Writes one as WAV: chords that fade, some noise over them. */
  static Path write(Path file, long seed, int seconds) throws IOException {
    int samples = RATE * seconds;
    ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + 2 * samples).put(ascii("WAVEfmt "));
    wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
    Random random = new Random(seed);
    double[] hertz = new double[VOICES];
    int left = 0;
    int at = 0;
    for (int i = 0; i < samples; i++) {
      if (left == 0) {
        left = (int) (RATE * random.nextDouble(0.15, 0.6));
        at = 0;
        for (int voice = 0; voice < VOICES; voice++) {
          hertz[voice] = 110 * Math.pow(2, random.nextInt(36) / 12.0);
        }
      }
      wav.putShort((short) (chord(hertz, (double) at / RATE) + random.nextInt(-300, 300)));
      at++;
      left--;
    }
    return Files.write(file, wav.array());
  }

  /** The same file with a title and an artist, in a chunk behind the music. */
  static byte[] tagged(byte[] wav, String title, String artist) {
    byte[] name = tag("INAM", title);
    byte[] by = tag("IART", artist);
    int length = 4 + name.length + by.length;
    ByteBuffer tagged = ByteBuffer.allocate(wav.length + 8 + length).order(ByteOrder.LITTLE_ENDIAN);
    tagged.put(wav).put(ascii("LIST")).putInt(length).put(ascii("INFO")).put(name).put(by);
    return tagged.putInt(4, tagged.capacity() - 8).array();
  }

  /** Padded to an even length. */
  private static byte[] tag(String id, String text) {
    int length = text.length() + 2 - text.length() % 2;
    ByteBuffer tag = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    return tag.put(ascii(id)).putInt(length).put(ascii(text)).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static double chord(double[] hertz, double seconds) {
    double sum = 0;
    for (double one : hertz) {
      sum += Math.sin(2 * Math.PI * one * seconds) + 0.4 * Math.sin(4 * Math.PI * one * seconds);
    }
    return 5000 * sum * Math.exp(-2 * seconds);
  }
}
