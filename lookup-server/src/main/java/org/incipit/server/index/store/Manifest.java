package org.incipit.server.index.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;

/**
 * What is in segments: the file that decides which of the others belong to the index.
 *
 * @param sequence of the last commit in a segment, 0 if there is none
 * @param logged the last commit of which is known that it is in the log or in a segment
 * @param version of the index after it
 * @param metadata as of then
 * @param segments oldest first
 */
public record Manifest(
    long sequence, long logged, long version, Map<String, String> metadata, List<Entry> segments) {
  /** The file. */
  public static final String NAME = "manifest";

  static final Manifest EMPTY = new Manifest(0, 0, 0, Map.of(), List.of());

  private static final String LOG = ".log";
  private static final String NEW = NAME + SegmentStore.UNFINISHED;
  private static final long MAGIC = 0x464E4D5049434E49L; // "INCIPMNF"
  private static final int FORMAT = 1;

  /** Most bytes of a manifest. */
  public static final int MAX_BYTES = 1 << 28;

  /**
   * A segment.
   *
   * @param file its name in the index's folder
   * @param bytes its length
   */
  public record Entry(String file, long bytes) {}

  /**
   * Reads the manifest in a folder; {@link #EMPTY} if there is no index in it.
   *
   * @throws CorruptIndexException also if there is none beside segments or a log: an index has one
   *     before it has anything else
   */
  public static Manifest read(Disk disk, Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    try (DiskFile file = disk.open(path)) {
      if (file.size() > MAX_BYTES) {
        throw new CorruptIndexException(path, 0, "cannot be " + file.size() + " bytes long");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) file.size()).order(ByteOrder.LITTLE_ENDIAN);
      file.read(bytes, 0);
      return decode(bytes.flip(), path);
    } catch (FileNotFoundException e) {
      for (String name : disk.list(folder)) {
        if (name.endsWith(SegmentStore.SUFFIX) || name.endsWith(LOG)) {
          throw new CorruptIndexException(path, 0, "is missing beside " + name);
        }
      }
      return EMPTY;
    }
  }

  /**
   * Reads a manifest.
   *
   * @param path for the message if it is damaged
   */
  public static Manifest decode(ByteBuffer from, Path path) throws IOException {
    if (from.limit() < 20) {
      throw new CorruptIndexException(path, 0, "cannot be " + from.limit() + " bytes long");
    }
    int crc = from.getInt(from.limit() - 4);
    if (crc != crc(from.duplicate().limit(from.limit() - 4))) {
      throw new CorruptIndexException(path, from.limit() - 4, "checksum");
    }
    if (from.getLong() != MAGIC || from.getInt() != FORMAT) {
      throw new CorruptIndexException(path, 0, "not a manifest of format " + FORMAT);
    }
    try {
      long sequence = from.getLong();
      long logged = from.getLong();
      long version = from.getLong();
      Map<String, String> metadata = new TreeMap<>();
      for (int entries = from.getInt(); entries > 0; entries--) {
        metadata.put(text(from), text(from));
      }
      List<Entry> segments = new ArrayList<>();
      for (int entries = from.getInt(); entries > 0; entries--) {
        segments.add(new Entry(text(from), from.getLong()));
      }
      return new Manifest(sequence, logged, version, metadata, segments);
    } catch (BufferUnderflowException e) {
      throw new CorruptIndexException(path, from.position(), "ends too early");
    }
  }

  private static String text(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    from.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Puts this in the place of the manifest in a folder. When it returns that lasts. */
  public void write(Disk disk, Path folder) throws IOException {
    Path fresh = folder.resolve(NEW);
    disk.delete(fresh);
    try (DiskFile file = disk.create(fresh)) {
      file.write(encode(), 0);
      file.sync();
    }
    disk.rename(fresh, folder.resolve(NAME));
    disk.syncDirectory(folder);
  }

  /** The bytes of the file. */
  public ByteBuffer encode() {
    List<byte[]> texts = new ArrayList<>();
    metadata.forEach((key, value) -> {
      texts.add(key.getBytes(StandardCharsets.UTF_8));
      texts.add(value.getBytes(StandardCharsets.UTF_8));
    });
    List<byte[]> names = new ArrayList<>();
    segments.forEach(entry -> names.add(entry.file.getBytes(StandardCharsets.UTF_8)));
    int bytes = 12 + 24 + 8 + 4;
    for (byte[] text : texts) {
      bytes += 4 + text.length;
    }
    for (byte[] name : names) {
      bytes += 12 + name.length;
    }
    ByteBuffer into = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    into.putLong(MAGIC).putInt(FORMAT).putLong(sequence).putLong(logged);
    into.putLong(version);
    into.putInt(metadata.size());
    texts.forEach(text -> into.putInt(text.length).put(text));
    into.putInt(segments.size());
    for (int i = 0; i < names.size(); i++) {
      into.putInt(names.get(i).length).put(names.get(i)).putLong(segments.get(i).bytes);
    }
    into.putInt(crc(into.duplicate().flip()));
    return into.flip();
  }
}
