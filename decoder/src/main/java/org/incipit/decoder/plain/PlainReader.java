package org.incipit.decoder.plain;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;

/**
 * Opens WAVE, AIFF and AU files, and raw samples where {@link DecodeOptions#format()} names them.
 *
 * <p>They are read from front to back in blocks, whatever their headers claim. A file that ends
 * early is delivered as far as it goes, to its last whole frame, and then has ended.
 */
public final class PlainReader {
  private static final int DEFAULT_RATE = 44100;
  private static final int HEADER_BUFFER = 4096;

  /** The length of a stream, as long as nobody knows it. */
  private static final long UNKNOWN_BYTES = -1;

  private PlainReader() {}

  /**
   * Opens a file.
   *
   * @throws DecodeException if it is not there, or not of a kind that is read here
   */
  public static PcmSource open(Path path, DecodeOptions options) throws DecodeException {
    try {
      if (Files.isDirectory(path)) {
        throw new DecodeException(Stage.OPEN, "Is a directory", 0);
      }
      InputStream file = Files.newInputStream(path);
      try {
        long bytes = Files.isRegularFile(path) ? Files.size(path) : UNKNOWN_BYTES;
        return open(file, bytes, options, file);
      } catch (IOException | RuntimeException e) {
        closeAfter(e, file);
        throw e;
      }
    } catch (IOException e) {
      throw openFailure(e);
    }
  }

  /**
   * Opens a stream, which stays the caller's. Of WAVE and raw streams the duration is not known.
   *
   * @throws DecodeException if it cannot be read, or is not of a kind that is read here
   */
  public static PcmSource open(InputStream in, DecodeOptions options) throws DecodeException {
    try {
      return open(in, UNKNOWN_BYTES, options, () -> {});
    } catch (IOException e) {
      throw openFailure(e);
    }
  }

  private static PcmSource open(
      InputStream in, long fileBytes, DecodeOptions options, Closeable owned) throws IOException {
    ByteInput input = new ByteInput(new BufferedInputStream(in, HEADER_BUFFER));
    PlainStream stream = header(input, fileBytes, options);
    return new PlainSource(input, stream, options, PlainSource.BLOCK_FRAMES, owned);
  }

  private static PlainStream header(ByteInput in, long fileBytes, DecodeOptions options)
      throws IOException {
    String format = options.format();
    if (format == null) {
      String tag = in.tag();
      if (tag.startsWith("ID3")) {
        skipId3(in);
        tag = in.tag();
      }
      return header(in, tag, fileBytes);
    }
    return switch (format) {
      case "wav", "aiff", "au" -> header(in, in.tag(), fileBytes);
      default -> {
        SampleEncoding encoding =
            SampleEncoding.named(format)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "format must be one that is read without FFmpeg (got " + format + ")"));
        yield raw(encoding, fileBytes, options);
      }
    };
  }

  private static PlainStream header(ByteInput in, String tag, long fileBytes) throws IOException {
    if (WavHeader.isTag(tag)) {
      return new WavHeader(in, tag).read(fileBytes);
    }
    return switch (tag) {
      case "FORM" -> new AiffHeader(in).read();
      case ".snd" -> AuHeader.read(in, fileBytes);
      default -> throw in.malformed("neither WAVE nor AIFF nor AU");
    };
  }

  /** Skips a tag that someone has put in front, of which the first four bytes are read. */
  private static void skipId3(ByteInput in) throws IOException {
    in.bytes(1);
    boolean footer = (in.bytes(1)[0] & 0x10) != 0;
    byte[] size = in.bytes(4);
    int length =
        (size[0] & 0x7f) << 21 | (size[1] & 0x7f) << 14 | (size[2] & 0x7f) << 7 | (size[3] & 0x7f);
    in.skipTo(in.position() + length + (footer ? 10 : 0));
  }

  private static PlainStream raw(SampleEncoding encoding, long fileBytes, DecodeOptions options)
      throws DecodeException {
    int channels = options.channels() > 0 ? options.channels() : 1;
    if (channels > PlainStream.MAX_CHANNELS) {
      throw new DecodeException(Stage.OPEN, channels + " channels", 0);
    }
    return new PlainStream(
        encoding,
        options.rate() > 0 ? options.rate() : DEFAULT_RATE,
        ChannelLayout.of(channels, 0),
        PlainStream.UNTIL_END,
        fileBytes < 0
            ? PlainStream.UNKNOWN_FRAMES
            : PlainStream.nearestFrames(fileBytes, channels * encoding.bytes()));
  }

  private static DecodeException openFailure(IOException e) {
    if (e instanceof DecodeException known) {
      return known;
    }
    if (e instanceof NoSuchFileException) {
      return new DecodeException(Stage.OPEN, "No such file or directory", 0);
    }
    if (e instanceof AccessDeniedException) {
      return new DecodeException(Stage.OPEN, "Permission denied", 0);
    }
    return new DecodeException(Stage.OPEN, e, 0);
  }

  private static void closeAfter(Exception failure, InputStream file) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
