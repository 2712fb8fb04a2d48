package org.incipit.server.index.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.Disk;
import org.incipit.server.index.file.DiskFile;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.store.Manifest;
import org.incipit.server.index.store.SegmentStore;
import org.incipit.server.index.store.Snapshot;

/**
 * Streams a snapshot; the grammar is in the package's description. What is in memory only becomes
 * one more segment, in a file that goes when the stream is written, or when the index is opened.
 */
public final class SnapshotWriter {
  static final long MAGIC = 0x504E535049434E49L; // "INCIPSNP"
  static final int FORMAT = 1;

  private static final int CHUNK = 1 << 18;
  private static final AtomicLong COUNTER = new AtomicLong();

  private final Disk disk;
  private final WritableByteChannel to;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  private SnapshotWriter(Disk disk, WritableByteChannel to) {
    this.disk = disk;
    this.to = to;
  }

  /** Writes a snapshot that the caller holds. */
  public static void write(Disk disk, Path folder, Snapshot snapshot, WritableByteChannel to)
      throws IOException {
    SnapshotWriter writer = new SnapshotWriter(disk, to);
    if (snapshot.runs().isEmpty()) {
      writer.write(snapshot, List.of());
      return;
    }
    Path tail = folder.resolve("snapshot-" + COUNTER.incrementAndGet() + SegmentStore.SUFFIX);
    try {
      PartMerger.toFile(disk, tail, snapshot.runs(), snapshot.segments().isEmpty(), Pace.FREE);
      writer.write(snapshot, List.of(tail));
    } finally {
      disk.delete(tail);
    }
  }

  private void write(Snapshot snapshot, List<Path> tail) throws IOException {
    List<Path> paths = new ArrayList<>();
    List<Manifest.Entry> entries = new ArrayList<>();
    for (Segment segment : snapshot.segments()) {
      paths.add(segment.path());
      entries.add(new Manifest.Entry(SegmentStore.name(List.of(segment)), segment.bytes()));
    }
    for (Path path : tail) {
      List<Run> runs = snapshot.runs();
      paths.add(path);
      try (DiskFile file = disk.open(path)) {
        entries.add(new Manifest.Entry(SegmentStore.name(runs), file.size()));
      }
    }
    ByteBuffer manifest =
        new Manifest(
                snapshot.sequence(),
                snapshot.sequence(),
                snapshot.version(),
                snapshot.metadata(),
                entries)
            .encode();
    chunk.clear().putLong(MAGIC).putInt(FORMAT).putInt(manifest.remaining());
    flush();
    put(manifest);
    for (int i = 0; i < paths.size(); i++) {
      copy(paths.get(i), entries.get(i).bytes());
    }
    int sum = (int) crc.getValue();
    chunk.clear().putInt(sum);
    flush();
  }

  private void copy(Path path, long bytes) throws IOException {
    try (DiskFile file = disk.open(path)) {
      for (long at = 0; at < bytes; at += CHUNK) {
        chunk.clear().limit((int) Math.min(CHUNK, bytes - at));
        file.read(chunk, at);
        flush();
      }
    }
  }

  private void flush() throws IOException {
    put(chunk.flip());
  }

  private void put(ByteBuffer bytes) throws IOException {
    crc.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      if (to.write(bytes) < 0) {
        throw new IOException("the stream takes no more");
      }
    }
  }
}
