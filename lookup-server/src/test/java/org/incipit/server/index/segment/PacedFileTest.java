package org.incipit.server.index.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.incipit.server.index.file.DiskFile;
import org.junit.jupiter.api.Test;

class PacedFileTest {
  /** Keeps nothing but how much of it was not synced. */
  private static final class Measured implements DiskFile {
    long unsynced;
    long mostUnsynced;
    long syncs;

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void write(ByteBuffer from, long position) {
      unsynced += from.remaining();
      mostUnsynced = Math.max(mostUnsynced, unsynced);
    }

    @Override
    public void read(ByteBuffer into, long position) {}

    @Override
    public void sync() {
      unsynced = 0;
      syncs++;
    }

    @Override
    public MemorySegment map(long size, Arena arena) {
      return MemorySegment.NULL;
    }

    @Override
    public void close() {}
  }

  @Test
  void noSyncFindsMoreThanAFewMebibytesHoweverLargeTheFileIs() throws IOException {
    Measured file = new Measured();
    long[] stepped = new long[1];
    try (PacedFile paced = new PacedFile(file, bytes -> stepped[0] += bytes)) {
      for (int i = 0; i < 1000; i++) {
        paced.write(ByteBuffer.allocate(1 << 20), (long) i << 20);
      }
      paced.sync();
      paced.read(ByteBuffer.allocate(100), 0);
    }
    assertTrue(file.mostUnsynced <= PacedFile.SYNC_BYTES, () -> "bytes " + file.mostUnsynced);
    assertEquals(0, file.unsynced);
    assertEquals((1000L << 20) + 100, stepped[0]);
  }

  @Test
  void aSmallFileIsSyncedOnceAtItsEnd() throws IOException {
    Measured file = new Measured();
    try (PacedFile paced = new PacedFile(file, Pace.FREE)) {
      for (int i = 0; i < 10; i++) {
        paced.write(ByteBuffer.allocate(1 << 20), (long) i << 20);
      }
      paced.sync();
    }
    assertEquals(1, file.syncs);
  }
}
