package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.check.IndexCheck;
import org.incipit.server.index.check.IndexFigures;
import org.incipit.server.index.check.StoredIndex;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.FileDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCheckTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @TempDir private Path folder;
  private Path index;

  /** Two segments and commits that are in the log only. */
  @BeforeEach
  void make() throws Exception {
    index = folder.resolve("index");
    RandomDocuments documents = new RandomDocuments(new SplittableRandom(SEED));
    try (Index open = Index.open(index, IndexConfig.DEFAULT)) {
      for (int segment = 0; segment < 3; segment++) {
        for (int i = 0; i < 10; i++) {
          open.update(documents.batch());
        }
        open.update(Batch.of(new Change.Insert(1, 5, 6, 7), new Change.Delete(2)));
        if (segment < 2) {
          assertTrue(open.checkpoint(Duration.ofSeconds(20)));
        }
      }
    }
  }

  private List<CorruptIndexException> damages() throws IOException {
    List<CorruptIndexException> damages = new ArrayList<>();
    IndexCheck.check(FileDisk.INSTANCE, index, damages::add);
    return damages;
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(index)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  @Test
  void aSoundIndexIsReadWhollyAndNotTouched() throws Exception {
    Map<String, String> before = Contents.files(index);
    IndexCheck.Content content =
        IndexCheck.check(
            FileDisk.INSTANCE,
            index,
            damage -> {
              throw damage;
            });
    assertEquals(before, Contents.files(index));
    assertEquals(2, content.segments());
    assertEquals(11, content.commits());
    assertEquals(33, content.version());
    try (StoredIndex stored = StoredIndex.open(FileDisk.INSTANCE, index)) {
      IndexFigures figures = stored.figures(3);
      assertEquals(33, figures.version());
      List<IndexFigures.PartFigures> parts =
          figures.parts().stream().filter(part -> part.bytes() > 0).toList();
      assertEquals(content.postings(), parts.stream().mapToLong(part -> part.postings()).sum());
      assertEquals(content.documents(), parts.stream().mapToLong(part -> part.documents()).sum());
    }
    assertEquals(before, Contents.files(index));
  }

  @Test
  void aChangedByteInAnyFileIsNamed() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (Path file :
        Stream.concat(files(".segment").stream(), files("manifest").stream()).toList()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = random.nextInt(10); at < bytes.length; at += 1 + random.nextInt(20)) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        assertEquals(file, damages().getFirst().file(), file + ", byte " + at);
      }
      Files.write(file, bytes);
    }
    assertEquals(List.of(), damages());
  }

  private Map<Long, List<Long>> documents() throws IOException {
    Map<Long, List<Long>> documents = new TreeMap<>();
    try (StoredIndex stored = StoredIndex.open(FileDisk.INSTANCE, index)) {
      stored.documents(1 << 20, Contents.into(documents));
    }
    return documents;
  }

  @Test
  void aChangedByteInTheLogIsNamedOrLosesNothing() throws Exception {
    Map<Long, List<Long>> expected = documents();
    SplittableRandom random = new SplittableRandom(SEED);
    int named = 0;
    for (Path file : files(".log")) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at < bytes.length; at += 1 + random.nextInt(bytes.length / 100)) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= 0x10;
        Files.write(file, damaged);
        List<CorruptIndexException> damages = damages();
        if (damages.isEmpty()) {
          assertEquals(expected, documents(), file + ", byte " + at);
        } else {
          assertEquals(file, damages.getFirst().file());
          named++;
        }
      }
      Files.write(file, bytes);
    }
    assertTrue(named > 50, named + " were named");
  }

  @Test
  void everyDamageIsReportedNotOnlyTheFirst() throws Exception {
    List<Path> segments = files(".segment");
    for (Path file : segments) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 3] ^= 1;
      Files.write(file, bytes);
    }
    Path log = files(".log").getLast();
    Files.write(log, new byte[] {1, 2, 3});
    List<Path> expected = new ArrayList<>(segments);
    expected.add(log);
    List<Path> found = damages().stream().map(CorruptIndexException::file).distinct().toList();
    assertEquals(expected, found);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    for (Path file : files(".segment")) {
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      assertEquals(file, damages().getFirst().file());
      Files.write(file, bytes);
    }
  }

  @Test
  void segmentsOfAnotherIndexAreNotTakenForItsOwn() throws Exception {
    List<Path> segments = files(".segment");
    byte[] first = Files.readAllBytes(segments.getFirst());
    Files.write(segments.getLast(), first);
    assertTrue(damages().stream().anyMatch(damage -> damage.file().equals(segments.getLast())));
  }
}
