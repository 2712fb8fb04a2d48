package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.snapshot.SnapshotFormatException;
import org.incipit.server.index.store.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of a snapshot's stream is the index that went in, or nothing. */
class SnapshotTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @TempDir private Path folder;

  private static byte[] snapshot(Index index) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    index.snapshot(Channels.newChannel(stream));
    return stream.toByteArray();
  }

  private static ReadableByteChannel channel(byte[] stream) {
    return Channels.newChannel(new ByteArrayInputStream(stream));
  }

  private Index restore(String name, byte[] stream) throws IOException {
    return Index.restore(folder.resolve(name), channel(stream), IndexConfig.DEFAULT);
  }

  private byte[] small() throws Exception {
    try (Index index = Index.open(folder.resolve("small"), IndexConfig.DEFAULT)) {
      index.update(Batch.of(new Change.Insert(7, 1, 2, -3), new Change.Insert(-8, 2)));
      index.checkpoint(Duration.ofSeconds(20));
      index.update(Batch.of(new Change.Insert(7, 4), new Change.Delete(-8)));
      return snapshot(index);
    }
  }

  @Test
  void aRestoredIndexHoldsTheSameAndGoesOn() throws Exception {
    for (int i = 0; i < 20; i++) {
      SplittableRandom random = new SplittableRandom(SEED + i);
      RandomDocuments documents = new RandomDocuments(random);
      BruteForce expected = new BruteForce();
      IndexConfig config = IndexConfig.DEFAULT.withCheckpointPostings(1 + random.nextInt(5000));
      try (Index index = Index.open(folder.resolve("from" + i), config)) {
        for (int step = random.nextInt(40); step > 0; step--) {
          Batch batch = documents.batch();
          index.update(batch);
          expected.update(batch);
        }
        byte[] stream = snapshot(index);
        String seed = "-Dtests.seed=" + (SEED + i);
        try (Index restored = restore("to" + i, stream)) {
          assertEquals(expected.documents(), Contents.of(restored), seed);
          assertEquals(index.info().version(), restored.info().version(), seed);
          assertEquals(index.info().metadata(), restored.info().metadata(), seed);
          Batch more = documents.batch();
          restored.update(more);
          expected.update(more);
        }
        assertEquals(List.of(), Contents.damages(folder.resolve("to" + i)), seed);
        try (Index again = Index.open(folder.resolve("to" + i), config)) {
          assertEquals(expected.documents(), Contents.of(again), seed);
        }
      }
    }
  }

  @Test
  void aSnapshotIsOfOneMomentWhateverIsWrittenMeanwhile() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    IndexConfig config = IndexConfig.DEFAULT.withCheckpointPostings(200);
    try (Index index = Index.open(folder.resolve("from"), config)) {
      for (int id = 1; id <= 50; id++) {
        index.update(Batch.of(new Change.Insert(id, id, 2 * id, 3 * id, 7)));
      }
      WritableByteChannel slow =
          new WritableByteChannel() {
            private int id = 50;

            @Override
            public int write(ByteBuffer from) throws IOException {
              for (int i = 0; i < 30; i++) {
                id++;
                index.update(Batch.of(new Change.Insert(id, id, 7), new Change.Delete(id - 50)));
              }
              index.optimize();
              stream.write(from.get());
              return 1;
            }

            @Override
            public boolean isOpen() {
              return true;
            }

            @Override
            public void close() {}
          };
      // One byte at a time would take long: a few of them are enough to change all.
      WritableByteChannel plain = Channels.newChannel(stream);
      int[] calls = new int[1];
      index.snapshot(
          new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) throws IOException {
              return calls[0]++ < 20 ? slow.write(from) : plain.write(from);
            }

            @Override
            public boolean isOpen() {
              return true;
            }

            @Override
            public void close() {}
          });
      assertTrue(calls[0] > 20);
      assertEquals(650, index.info().version());
    }
    try (Index restored = restore("to", stream.toByteArray())) {
      assertEquals(50, restored.info().version());
      assertEquals(50, Contents.of(restored).size());
      assertEquals(List.of(1L, 2L, 3L, 7L), Contents.of(restored).get(1L));
    }
    assertNothingLeft(folder.resolve("from"));
  }

  private static void assertNothingLeft(Path index) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      assertEquals(0, files.filter(file -> file.toString().contains("snapshot-")).count());
    }
  }

  @Test
  void aStreamThatEndsAnywhereEarlyIsRefusedAndLeavesNothing() throws Exception {
    byte[] stream = small();
    for (int length = 0; length < stream.length; length += 10) {
      assertRefused(Arrays.copyOf(stream, length), "cut at " + length);
    }
    assertRefused(Arrays.copyOf(stream, stream.length - 1), "cut by one");
  }

  @Test
  void aStreamThatIsDamagedAnywhereIsRefusedAndLeavesNothing() throws Exception {
    byte[] stream = small();
    for (int at = 0; at < stream.length; at += 10) {
      byte[] damaged = stream.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertRefused(damaged, "damaged at " + at);
    }
    assertRefused(Arrays.copyOf(stream, stream.length + 1), "longer by one");
  }

  /** The stream with another manifest, and with checksums that are right. */
  private static byte[] with(byte[] stream, UnaryOperator<Manifest> lie) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    int length = from.getInt(12);
    ByteBuffer old = from.slice(16, length).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer manifest = lie.apply(Manifest.decode(old, Path.of("manifest"))).encode();
    ByteBuffer to =
        ByteBuffer.allocate(stream.length - length + manifest.remaining())
            .order(ByteOrder.LITTLE_ENDIAN);
    to.put(stream, 0, 12).putInt(manifest.remaining()).put(manifest);
    to.put(stream, 16 + length, stream.length - 4 - 16 - length);
    CRC32C crc = new CRC32C();
    crc.update(to.array(), 0, to.position());
    return to.putInt((int) crc.getValue()).array();
  }

  private static Manifest lie(Manifest truth, int sequence, int logged, int version) {
    return new Manifest(
        truth.sequence() + sequence,
        truth.logged() + logged,
        truth.version() + version,
        truth.metadata(),
        truth.segments());
  }

  @Test
  void aManifestThatSaysOtherThanItsSegmentsIsRefused() throws Exception {
    byte[] stream = small();
    assertRefused(with(stream, truth -> lie(truth, 1, 1, 0)), "sequence");
    assertRefused(with(stream, truth -> lie(truth, 0, 1, 0)), "logged");
    assertRefused(with(stream, truth -> lie(truth, 0, 0, 1)), "version");
    assertRefused(with(stream, truth -> lie(truth, 0, 0, -2)), "version");
    assertRefused(
        with(
            stream,
            truth ->
                new Manifest(
                    truth.sequence(),
                    truth.logged(),
                    truth.version(),
                    truth.metadata(),
                    List.of(truth.segments().getFirst(), truth.segments().getFirst()))),
        "the same segment twice");
    assertRefused(
        with(
            stream,
            truth ->
                new Manifest(
                    truth.sequence(),
                    truth.logged(),
                    truth.version(),
                    truth.metadata(),
                    List.of(
                        new Manifest.Entry(truth.segments().getFirst().file(), Long.MAX_VALUE)))),
        "a segment of any length");
    try (Index index = restore("right", with(stream, truth -> truth))) {
      assertEquals(2, index.info().version());
    }
  }

  private void assertRefused(byte[] stream, String how) throws IOException {
    assertThrows(SnapshotFormatException.class, () -> restore("refused", stream), how);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("small"), files.map(file -> file.getFileName().toString()).toList(), how);
    }
  }

  @Test
  void aLengthThatLiesAllocatesNothing() throws Exception {
    byte[] stream = Arrays.copyOf(small(), 40);
    ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).putInt(12, (1 << 28) - 1);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertRefused(stream, "long manifest");
    assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 10_000_000);
  }

  @Test
  void anIndexThatIsThereIsNotOverwritten() throws Exception {
    byte[] stream = small();
    assertThrows(FileAlreadyExistsException.class, () -> restore("small", stream));
    try (Index index = Index.open(folder.resolve("small"), IndexConfig.DEFAULT)) {
      assertEquals(2, index.info().version());
    }
  }
}
