package org.incipit.decoder.plain;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;

/** Opens the live audio line. Needs the module {@code java.desktop}. */
public final class LineSource {
  private static final int SAMPLE_BYTES = 2;

  /**
   * A second is read in so many pieces; what a reader waits for comes no later than one of them.
   */
  private static final int BLOCKS_PER_SECOND = 40;

  private LineSource() {}

  /**
   * Opens the system's default input and starts it. The source has no duration and no end of its
   * own: {@link PcmSource#close()}, from any thread, ends a read that waits for audio.
   *
   * @param sampleRate to record at, in Hz
   * @param channels to record
   * @throws DecodeException if there is no such line, or others have it
   */
  public static PcmSource open(int sampleRate, int channels, DecodeOptions options)
      throws DecodeException {
    if (sampleRate < 1) {
      throw new IllegalArgumentException("sampleRate must be positive (got " + sampleRate + ")");
    }
    if (channels < 1 || channels > PlainStream.MAX_CHANNELS) {
      throw new IllegalArgumentException(
          "channels must be 1 to " + PlainStream.MAX_CHANNELS + " (got " + channels + ")");
    }
    AudioFormat format = new AudioFormat(sampleRate, 8 * SAMPLE_BYTES, channels, true, false);
    TargetDataLine line;
    try {
      line = AudioSystem.getTargetDataLine(format);
    } catch (LineUnavailableException | IllegalArgumentException e) {
      throw new DecodeException(Stage.OPEN, e, 0);
    }
    return open(line, format, options);
  }

  /**
   * Opens a line and starts it; it belongs to the source, or is closed.
   *
   * @param format signed samples of 16 bits, their low byte first
   */
  static PcmSource open(TargetDataLine line, AudioFormat format, DecodeOptions options)
      throws DecodeException {
    PlainStream stream =
        new PlainStream(
            new SampleEncoding(SampleEncoding.Kind.SIGNED, SAMPLE_BYTES, false),
            (int) format.getSampleRate(),
            ChannelLayout.of(format.getChannels(), 0),
            PlainStream.UNTIL_END,
            PlainStream.UNKNOWN_FRAMES);
    boolean started = false;
    try {
      line.open(format);
      ByteInput in = new ByteInput(new AudioInputStream(line));
      int block = Math.max(stream.sampleRate() / BLOCKS_PER_SECOND, 1);
      PcmSource source = new PlainSource(in, stream, options, block, line::close);
      line.start();
      started = true;
      return source;
    } catch (LineUnavailableException | IllegalArgumentException e) {
      throw new DecodeException(Stage.OPEN, e, 0);
    } finally {
      if (!started) {
        line.close();
      }
    }
  }
}
