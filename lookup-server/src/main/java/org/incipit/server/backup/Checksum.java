package org.incipit.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** CRC32C of files. */
final class Checksum {
  private static final int BLOCK_BYTES = 1 << 18;

  private Checksum() {}

  static BackupManifest.Item of(Path folder, String name) throws IOException {
    CRC32C crc = new CRC32C();
    long bytes = 0;
    byte[] block = new byte[BLOCK_BYTES];
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        crc.update(block, 0, read);
        bytes += read;
      }
    }
    return new BackupManifest.Item(name, bytes, crc.getValue());
  }
}
