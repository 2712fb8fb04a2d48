package org.incipit.decoder.plain;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
        throw because(new FileSystemException(path.toString()), "Is a directory");
      }
      InputStream file = Files.newInputStream(path);
      boolean opened = false;
      try {
        long bytes = Files.isRegularFile(path) ? Files.size(path) : UNKNOWN_BYTES;
        PcmSource source = open(file, bytes, options, file);
        opened = true;
        return source;
      } finally {
        if (!opened) {
          file.close();
        }
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

  /**
   * Opens a channel, which stays the caller's. Where it can seek, what lies from its position to
   * its end is taken for the file.
   *
   * @throws DecodeException as for a stream
   */
  public static PcmSource open(ReadableByteChannel channel, DecodeOptions options)
      throws DecodeException {
    try {
      return open(Channels.newInputStream(channel), bytesLeft(channel), options, () -> {});
    } catch (IOException e) {
      throw openFailure(e);
    }
  }

  private static long bytesLeft(ReadableByteChannel channel) {
    if (channel instanceof SeekableByteChannel seekable) {
      try {
        return Math.max(seekable.size() - seekable.position(), 0);
      } catch (IOException e) {
        // The FileChannel of a pipe claims that it can seek.
        return UNKNOWN_BYTES;
      }
    }
    return UNKNOWN_BYTES;
  }

  /** Whether {@link DecodeOptions#format()} may be {@code name} here. */
  public static boolean knowsFormat(String name) {
    return switch (name) {
      case "wav", "aiff", "au" -> true;
      default -> SampleEncoding.named(name).isPresent();
    };
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

  /** With a cause, as everything that is not the fault of the bytes. */
  private static DecodeException because(IOException cause, String detail) {
    DecodeException failure = new DecodeException(Stage.OPEN, detail, 0);
    failure.initCause(cause);
    return failure;
  }

  private static DecodeException openFailure(IOException e) {
    if (e instanceof DecodeException known) {
      return known;
    }
    if (e instanceof NoSuchFileException) {
      return because(e, "No such file or directory");
    }
    if (e instanceof AccessDeniedException) {
      return because(e, "Permission denied");
    }
    return new DecodeException(Stage.OPEN, e, 0);
  }
}
