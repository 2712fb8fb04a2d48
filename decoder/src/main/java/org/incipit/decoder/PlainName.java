package org.incipit.decoder;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.decoder.plain.PlainReader;

/**
 * Names of a command line where FFmpeg is not there to take them. As there, what stands before a
 * colon is a protocol; only {@code file:} and {@code pipe:} can be followed.
 */
final class PlainName {
  private PlainName() {}

  static PcmSource open(byte[] name, DecodeOptions options) throws DecodeException {
    int colon = protocolLength(name);
    String protocol = colon < 0 ? "file" : new String(name, 0, colon, StandardCharsets.US_ASCII);
    byte[] rest = colon < 0 ? name : Arrays.copyOfRange(name, colon + 1, name.length);
    boolean standardInput =
        protocol.equals("pipe") && (rest.length == 0 || (rest.length == 1 && rest[0] == '0'));
    if (!standardInput && !protocol.equals("file")) {
      throw new DecodeException(Stage.OPEN, "Protocol not found", 0);
    }
    if (!options.protocols().contains(protocol)) {
      throw new DecodeException(Stage.OPEN, "the protocol " + protocol + " is not allowed", 0);
    }
    return standardInput
        ? PlainReader.open(new FileInputStream(FileDescriptor.in), options)
        : PlainReader.open(path(rest), options);
  }

  /** The number of characters before a colon if all may stand in a protocol, or -1. */
  private static int protocolLength(byte[] name) {
    for (int i = 0; i < name.length; i++) {
      byte c = name[i];
      if (c == ':') {
        return i;
      }
      if (!isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isLetterOrDigit(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static Path path(byte[] name) throws DecodeException {
    if (name.length == 0) {
      throw new DecodeException(Stage.OPEN, "No such file or directory", 0);
    }
    try {
      if (File.separatorChar == '\\') {
        return Path.of(new String(name, StandardCharsets.UTF_8));
      }
      // Only a URI takes bytes that are no text in this locale.
      StringBuilder uri = new StringBuilder("file://");
      if (name[0] != '/') {
        uri.append(Path.of("").toAbsolutePath().toUri().getRawPath());
      }
      for (byte c : name) {
        if (isLetterOrDigit(c) || c == '/' || c == '.') {
          uri.append((char) c);
        } else {
          uri.append('%')
              .append(Character.forDigit((c >> 4) & 0xf, 16))
              .append(Character.forDigit(c & 0xf, 16));
        }
      }
      return Path.of(URI.create(uri.toString()));
    } catch (InvalidPathException e) {
      throw new DecodeException(Stage.OPEN, e, 0);
    }
  }
}
