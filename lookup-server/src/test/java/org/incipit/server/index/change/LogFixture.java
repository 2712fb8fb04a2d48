package org.incipit.server.index.change;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.SimulatedDisk;
import org.junit.jupiter.api.BeforeEach;

/** A log on a simulated disk, and what tests of it share. */
abstract class LogFixture {
  static final long SEED = Long.getLong("tests.seed", 20261122L);
  static final Path FOLDER = Path.of("/log");
  static final WriteAheadLog.Known NOTHING = new WriteAheadLog.Known(0, 0);
  static final int LARGE = 1 << 20;
  static final int SMALL = 1 << 10;

  final SimulatedDisk disk = new SimulatedDisk();

  @BeforeEach
  void makeFolder() throws IOException {
    disk.createDirectory(FOLDER);
  }

  /** The batch that is commit n in all of these tests. */
  static Batch batch(long n) {
    int[] hashes = new int[(int) (n % 7) * 9];
    Arrays.setAll(hashes, i -> (int) n * 1000 - i);
    return new Batch(
        List.of(new Change.Insert((int) n, hashes), new Change.Delete(-1 - (int) n)),
        n % 3 == 0 ? Map.of("n", "Ω" + n) : Map.of());
  }

  static void append(WriteAheadLog log, int count) throws IOException {
    List<ByteBuffer> records = new ArrayList<>();
    long[] versions = new long[count];
    for (int i = 0; i < count; i++) {
      long n = log.next() + i;
      records.add(WriteAheadLog.encode(batch(n)));
      versions[i] = 10 * n;
    }
    log.append(records, versions);
  }

  static void appendEach(WriteAheadLog log, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      append(log, 1);
    }
  }

  static WriteAheadLog open(SimulatedDisk disk, int fileBytes, List<Commit> into)
      throws IOException {
    return WriteAheadLog.open(disk, FOLDER, NOTHING, fileBytes, into::add);
  }

  /** Opens the log, which must have commits {@code from..to} and no others. */
  static WriteAheadLog reopen(SimulatedDisk disk, WriteAheadLog.Known known, int fileBytes, long to)
      throws IOException {
    List<Commit> commits = new ArrayList<>();
    WriteAheadLog log = WriteAheadLog.open(disk, FOLDER, known, fileBytes, commits::add);
    requireCommits(commits, known.kept() + 1, to);
    assertEquals(to + 1, log.next());
    return log;
  }

  static void requireCommits(List<Commit> commits, long from, long to) {
    assertEquals(to + 1 - from, commits.size());
    for (int i = 0; i < commits.size(); i++) {
      Commit commit = commits.get(i);
      assertEquals(from + i, commit.sequence());
      assertEquals(10 * (from + i), commit.version());
      Batch expected = batch(from + i);
      assertEquals(expected.metadata(), commit.batch().metadata());
      assertEquals(2, commit.batch().changes().size());
      Change.Insert insert =
          assertInstanceOf(Change.Insert.class, commit.batch().changes().getFirst());
      Change.Insert inserted = (Change.Insert) expected.changes().getFirst();
      assertEquals(inserted.id(), insert.id());
      assertArrayEquals(inserted.hashes(), insert.hashes());
      assertEquals(expected.changes().getLast(), commit.batch().changes().getLast());
    }
  }

  static Path file(long first) {
    return LogFile.of(FOLDER, first).path();
  }

  /** Where each record begins, and where the last one ends. */
  static List<Integer> places(SimulatedDisk disk, long first) throws IOException {
    ByteBuffer log = LogFile.of(FOLDER, first).header(0);
    log = ByteBuffer.wrap(disk.content(file(first))).order(log.order());
    List<Integer> places = new ArrayList<>(List.of(LogFile.HEADER_BYTES));
    long next = first;
    for (int at = LogFile.HEADER_BYTES; ; next++) {
      int payload = RecordCodec.payload(log, at, log.getLong(LogFile.SALT), next);
      if (payload < 0 || RecordCodec.isEnd(payload)) {
        return places;
      }
      at += RecordCodec.HEAD_BYTES + RecordCodec.padded(payload);
      places.add(at);
    }
  }

  static CorruptIndexException requireDamage(SimulatedDisk disk) {
    return assertThrows(
        CorruptIndexException.class, () -> open(disk, LARGE, new ArrayList<>()).close());
  }
}
