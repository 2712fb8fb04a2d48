package org.incipit.decoder.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The name of a file as FFmpeg opens it. */
final class FileName {
  private static final byte[] PROTOCOL = "file:".getBytes(StandardCharsets.US_ASCII);

  private FileName() {}

  /** The exact bytes, behind {@code file:}, so that no name is mistaken for a URL. */
  static byte[] of(Path path) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    name.writeBytes(PROTOCOL);
    if (File.separatorChar == '\\') {
      name.writeBytes(path.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
    } else {
      // Where names are bytes, only the URI keeps those that are no text in this locale.
      String escaped = path.toUri().getRawPath();
      for (int i = 0; i < escaped.length(); i++) {
        char c = escaped.charAt(i);
        if (c == '%') {
          name.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
          i += 2;
        } else {
          name.write(c);
        }
      }
    }
    return name.toByteArray();
  }
}
