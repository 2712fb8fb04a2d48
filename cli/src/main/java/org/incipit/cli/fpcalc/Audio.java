package org.incipit.cli.fpcalc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;

/** Opens what the command line names, as it asks for it. */
final class Audio {
  private static final byte[] STANDARD_INPUT = "pipe:0".getBytes(StandardCharsets.US_ASCII);

  private Audio() {}

  /**
   * @throws UsageException if there is no input format of that name
   */
  static void requireFormat(Options options) throws UsageException {
    if (options.format() != null && !AudioDecoder.knowsFormat(options.format())) {
      throw new UsageException("Invalid format");
    }
  }

  /** Opens a file, a URL, or standard input if the name is {@code -}. */
  static PcmSource open(byte[] name, Options options) throws DecodeException {
    boolean standardInput = name.length == 1 && name[0] == '-';
    DecodeOptions decodeOptions =
        DecodeOptions.FINGERPRINT
            .withInput(options.format(), options.rate(), options.channels())
            .withProtocols(isUrl(name) ? ANY_PROTOCOL : LOCAL_PROTOCOLS);
    return AudioDecoder.openNamed(standardInput ? STANDARD_INPUT : name, decodeOptions);
  }

  /** Whether the name begins with letters and {@code ://}. */
  private static boolean isUrl(byte[] name) {
    int letters = 0;
    while (letters < name.length && Character.isLetterOrDigit(name[letters])) {
      letters++;
    }
    return letters > 0
        && letters + 2 < name.length
        && name[letters] == ':'
        && name[letters + 1] == '/'
        && name[letters + 2] == '/';
  }

  /** What a file may lead to, a playlist say: as in FFmpeg, nothing beyond this machine. */
  private static final List<String> LOCAL_PROTOCOLS =
      List.of("file", "pipe", "fd", "data", "cache", "subfile", "concat", "crypto", "async");

  /** Whoever types a URL wants it read: what the FFmpeg at hand can read by itself. */
  private static final List<String> ANY_PROTOCOL =
      List.of(
          "file",
          "pipe",
          "fd",
          "data",
          "cache",
          "subfile",
          "concat",
          "crypto",
          "async",
          "tcp",
          "udp",
          "tls",
          "http",
          "https",
          "httpproxy",
          "ftp",
          "rtp",
          "rtmp",
          "mmsh",
          "mmst",
          "icecast");
}
