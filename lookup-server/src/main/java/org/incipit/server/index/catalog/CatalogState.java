package org.incipit.server.index.catalog;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * What a catalog knows of a name.
 *
 * @param generation the last one used, unsigned, 0 if none was
 * @param exists whether there is an index now, which is of that generation
 */
record CatalogState(long generation, boolean exists) {
  static final String NAME = "state";
  static final CatalogState UNUSED = new CatalogState(0, false);

  static final String NEW = NAME + ".new";
  private static final long MAGIC = 0x5441435049434E49L; // "INCIPCAT"
  private static final int FORMAT = 1;
  private static final int BYTES = 28;

  /** Reads the state in a name's folder; null if there is none. */
  static @Nullable CatalogState read(Disk disk, Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    try (DiskFile file = disk.open(path)) {
      if (file.size() != BYTES) {
        throw new CorruptIndexException(
            path, 0, "should be " + BYTES + " bytes long, has " + file.size());
      }
      ByteBuffer from = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
      file.read(from, 0);
      if (from.getInt(BYTES - 4) != crc(from)) {
        throw new CorruptIndexException(path, BYTES - 4, "checksum");
      }
      int exists = from.getInt(20);
      if (from.getLong(0) != MAGIC || from.getInt(8) != FORMAT || (exists & -2) != 0) {
        throw new CorruptIndexException(path, 0, "not a state of format " + FORMAT);
      }
      return new CatalogState(from.getLong(12), exists == 1);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(BYTES - 4));
    return (int) crc.getValue();
  }

  /** Puts this in the place of the state in a name's folder. When it returns that lasts. */
  void write(Disk disk, Path folder) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    into.putLong(MAGIC).putInt(FORMAT).putLong(generation).putInt(exists ? 1 : 0);
    into.putInt(crc(into)).flip();
    Path fresh = folder.resolve(NEW);
    disk.delete(fresh);
    try (DiskFile file = disk.create(fresh)) {
      file.write(into, 0);
      file.sync();
    }
    disk.rename(fresh, folder.resolve(NAME));
    disk.syncDirectory(folder);
  }
}
