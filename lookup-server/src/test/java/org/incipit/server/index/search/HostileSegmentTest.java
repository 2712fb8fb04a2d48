package org.incipit.server.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.SimulatedDisk;
import org.incipit.server.index.postings.Posting;
import org.incipit.server.index.postings.PostingSort;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.DocumentCursor;
import org.incipit.server.index.segment.Pace;
import org.incipit.server.index.segment.Part;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.PostingCursor;
import org.incipit.server.index.segment.Run;
import org.incipit.server.index.segment.Segment;
import org.incipit.server.index.segment.SegmentCheck;
import org.junit.jupiter.api.Test;

/** Segments whose checksums are right and whose content somebody has changed. */
class HostileSegmentTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final Path FILE = Path.of("/data/segment");
  private static final int REGION = 1 << 16;
  private static final int FOOTER = 128;
  private static final long MOST_BYTES = 9 << 20;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Scratch scratch = new Scratch(300);
  private int refused;
  private int damaged;
  private int answered;
  private int failed;

  private byte[] segment(int documents, int hashes, int gap) throws IOException {
    int[] ids = new int[documents];
    long[] postings = new long[documents * 10];
    BitSet deleted = new BitSet();
    int count = 0;
    for (int i = 0; i < documents; i++) {
      ids[i] = 0x7FFF_FF00 + gap * i;
      if (i % 50 == 49) {
        deleted.set(i);
      } else {
        for (int j = 0; j < 10; j++) {
          postings[count++] = Posting.of(random.nextInt(j == 0 ? 2 : hashes) << 4, ids[i]);
        }
      }
    }
    int size = PostingSort.sort(postings, count, new long[postings.length]);
    SimulatedDisk disk = new SimulatedDisk();
    disk.createDirectory(FILE.getParent());
    Run run = new Run(postings, size, ids, deleted, new CommitRange(1, 1, 1));
    PartMerger.toFile(disk, FILE, List.of(run), false, Pace.FREE);
    return disk.content(FILE);
  }

  /** Computes all checksums anew. */
  private static byte[] seal(byte[] bytes, int end) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    for (int region = 0; region * REGION < end; region++) {
      crc.reset();
      crc.update(bytes, region * REGION, Math.min(REGION, end - region * REGION));
      file.putInt(end + 4 * region, (int) crc.getValue());
    }
    crc.reset();
    crc.update(bytes, end, bytes.length - 8 - end);
    file.putLong(bytes.length - 8, crc.getValue());
    return bytes;
  }

  private static int end(byte[] bytes) {
    return (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(bytes.length - 16);
  }

  private void use(byte[] bytes, String what) throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    disk.createDirectory(FILE.getParent());
    disk.put(FILE, bytes);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    List<CorruptIndexException> damages = new ArrayList<>();
    try {
      boolean sound = SegmentCheck.check(disk, FILE, damages::add) != null;
      assertEquals(sound, damages.isEmpty(), what);
      damaged += sound ? 0 : 1;
      try (Segment segment = Segment.open(disk, FILE, Segment.Residence.LOADED)) {
        read(segment);
        answered++;
      } catch (CorruptIndexException e) {
        assertTrue(!sound, what);
        assertEquals(FILE, e.file());
        refused++;
      }
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(what, e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_BYTES, what + ": " + allocated + " bytes");
    assertEquals(0, disk.open(), what);
  }

  private void read(Segment segment) {
    List<Part> parts = List.of(segment, segment);
    for (int hashes : new int[] {1, 20, 1000}) {
      int[] query = random.ints(hashes, 0, 2000).map(hash -> hash << 4).toArray();
      query[0] = 0;
      Query asked = Query.of(query).withMinScore(1 + random.nextInt(3));
      Hits hits = Searcher.search(parts, asked, scratch, () -> false);
      assertTrue(hits.isComplete());
      Searcher.search(List.of(segment), asked, scratch, () -> false);
    }
    DocumentCursor documents = segment.documents().cursor();
    while (documents.next()) {
      segment.documents().inserts(documents.id() + random.nextInt(2));
    }
    PostingCursor postings = segment.cursor();
    long[] some = new long[1000];
    long total = 0;
    for (int read = postings.read(some, 0, 1000); read > 0; read = postings.read(some, 0, 1000)) {
      total += read;
    }
    assertEquals(segment.postings(), total);
  }

  private void mutate(byte[] sound, int rounds, int from, int to) throws IOException {
    int end = end(sound);
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = sound.clone();
      StringBuilder what = new StringBuilder("-Dtests.seed=" + SEED + ", round " + round);
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        int at = from + random.nextInt(to - from);
        byte value =
            switch (random.nextInt(4)) {
              case 0 -> 0;
              case 1 -> -1;
              case 2 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
              default -> (byte) random.nextInt();
            };
        bytes[at] = value;
        what.append(", byte ").append(at).append(" = ").append(value);
      }
      use(seal(bytes, end), what.toString());
    }
  }

  @Test
  void whateverIsInAFileItIsReportedOrAnswersWithinIt() throws IOException {
    for (byte[] sound :
        List.of(segment(1, 10, 1), segment(600, 500, 3), segment(3000, 100_000, 100_000))) {
      use(sound.clone(), "unchanged");
      assertEquals(0, damaged);
      int end = end(sound);
      ByteBuffer footer = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN);
      int directory = (int) footer.getLong(sound.length - 48);
      mutate(sound, 400, sound.length - FOOTER, sound.length - 8);
      mutate(sound, 400, directory, end);
      mutate(sound, 400, 0, directory);
      // The ends of blocks and tables, where there is least room.
      mutate(sound, 400, Math.max(0, directory - 300), directory + 12);
      damaged = 0;
    }
    assertTrue(refused > 1000 && answered > 500, refused + " refused, " + answered + " answered");
  }

  @Test
  void everyNumberOfTheFooterMayBeAnything() throws IOException {
    byte[] sound = segment(600, 500, 3);
    int end = end(sound);
    for (int at = sound.length - FOOTER; at < sound.length - 8; at += 4) {
      for (long value :
          new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1L << 47, -1L << 16}) {
        byte[] bytes = sound.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        use(seal(bytes, end), "footer at " + at + " = " + value);
      }
    }
    assertTrue(refused > 100, refused + " refused");
  }

  /** Whether it opens with its postings unverified, answers or fails, and is then found sound. */
  private boolean isSoundLater(SimulatedDisk disk) throws IOException {
    try (Segment segment =
        Segment.open(disk, FILE, Segment.Residence.MAPPED, Segment.Verification.LATER, Pace.FREE)) {
      assertTrue(segment.unverifiedBytes() > 0);
      try {
        read(segment);
      } catch (IndexOutOfBoundsException e) {
        failed++;
      }
      while (!segment.isVerified()) {
        segment.verify(disk, Pace.FREE);
      }
      return true;
    } catch (CorruptIndexException e) {
      assertEquals(FILE, e.file());
      return false;
    }
  }

  @Test
  void whatIsVerifiedLaterIsFoundAllTheSame() throws IOException {
    byte[] sound = segment(8000, 100_000, 100_000);
    ByteBuffer file = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN);
    int directory = (int) file.getLong(sound.length - 48);
    int base = (int) file.getLong((int) file.getLong(sound.length - 40));
    int blocks = ((int) file.getLong(sound.length - 40) - directory) / 12;
    assertTrue(directory > 4 * REGION, directory + " bytes of postings");
    byte[] lowBits = {-128, -1, 0, 57, 127};
    int found = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bytes = sound.clone();
      int block = round < 10 ? (round < 5 ? 0 : blocks - 1) : random.nextInt(blocks);
      int head = base + file.getInt(directory + 12 * block + 8);
      bytes[head] = lowBits[round % lowBits.length];
      bytes[head + 1] = (byte) random.nextInt();
      SimulatedDisk disk = new SimulatedDisk();
      disk.createDirectory(FILE.getParent());
      // With right checksums of the wrong postings, or with wrong ones.
      disk.put(FILE, round % 2 == 0 ? seal(bytes, end(bytes)) : bytes);
      boolean right = SegmentCheck.check(disk, FILE, damage -> {}) != null;
      String what = "-Dtests.seed=" + SEED + ", round " + round;
      boolean opens;
      try (Segment segment = Segment.open(disk, FILE, Segment.Residence.MAPPED)) {
        opens = segment.isVerified();
      } catch (CorruptIndexException e) {
        opens = false;
      }
      if (round % 2 == 0 || head >= REGION) {
        assertEquals(opens, isSoundLater(disk), what);
      }
      assertTrue(opens || !right, what);
      found += opens ? 0 : 1;
      assertEquals(0, disk.open(), what);
    }
    assertTrue(found > 200, found + " found");
    assertTrue(failed > 0, "no reader was led outside");
  }

  @Test
  void aBlockOfBitsOnlyIsReadWithinTheFile() throws IOException {
    byte[] sound = segment(1, 10, 1);
    for (int highBytes = 0; highBytes < 256; highBytes++) {
      byte[] bytes = sound.clone();
      Arrays.fill(bytes, 18, 24, (byte) -1);
      bytes[17] = (byte) highBytes;
      use(seal(bytes, end(sound)), "high bytes " + highBytes);
    }
  }
}
