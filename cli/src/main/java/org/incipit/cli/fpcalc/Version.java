package org.incipit.cli.fpcalc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.incipit.decoder.AudioDecoder;

/** Which versions these are. */
final class Version {
  /** The Chromaprint whose fpcalc this one is equal to. */
  private static final String CHROMAPRINT = "1.6.1";

  private Version() {}

  /** The line of {@code -version}. */
  static ByteText line() {
    String ffmpeg =
        AudioDecoder.ffmpegAvailable()
            ? "FFmpeg " + String.join(" ", AudioDecoder.ffmpegVersions())
            : "no FFmpeg";
    return new ByteText()
        .append("fpcalc version ")
        .append(CHROMAPRINT + " (" + ffmpeg + "; Incipit " + incipit() + ")\n");
  }

  /** Our own. */
  static String incipit() {
    try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
      byte[] text = Objects.requireNonNull(in, "version.txt").readAllBytes();
      return new String(text, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
