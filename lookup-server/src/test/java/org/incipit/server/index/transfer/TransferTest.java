package org.incipit.server.index.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.change.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @TempDir private Path folder;

  private static byte[] write(DocumentWriter.Form form, List<Change.Insert> documents)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DocumentWriter writer = DocumentWriter.of(form, out)) {
      for (Change.Insert document : documents) {
        int[] lent = Arrays.copyOf(document.hashes(), document.hashes().length + 3);
        writer.document(document.id(), lent, document.hashes().length);
      }
      writer.finish();
    }
    return out.toByteArray();
  }

  private static List<Change.Insert> read(byte[] bytes) throws IOException {
    List<Change.Insert> documents = new ArrayList<>();
    try (DocumentReader reader = DocumentReader.of(new ByteArrayInputStream(bytes))) {
      for (Change.Insert next = reader.next(); next != null; next = reader.next()) {
        documents.add(next);
      }
      assertNull(reader.next());
    }
    return documents;
  }

  private static List<Change.Insert> random(SplittableRandom random, int count) {
    List<Change.Insert> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(130);
      documents.add(new Change.Insert(random.nextInt() | 1, random.ints(length).toArray()));
    }
    return documents;
  }

  private static void assertSame(List<Change.Insert> expected, List<Change.Insert> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).id(), found.get(i).id());
      assertArrayEquals(expected.get(i).hashes(), found.get(i).hashes());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsReadAgain(DocumentWriter.Form form) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int count : new int[] {0, 1, 2, 300}) {
      List<Change.Insert> documents = random(random, count);
      assertSame(documents, read(write(form, documents)));
    }
  }

  @Test
  void jsonLinesAreAsDocumented() throws Exception {
    List<Change.Insert> documents =
        List.of(new Change.Insert(1, 2, -1), new Change.Insert(-1), new Change.Insert(3, 0));
    assertEquals(
        """
        {"id":1,"hashes":[2,4294967295]}
        {"id":4294967295,"hashes":[]}
        {"id":3,"hashes":[0]}
        """,
        new String(write(DocumentWriter.Form.JSONL, documents), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":0,\"hashes\":[]}",
        "{\"id\":4294967296,\"hashes\":[]}",
        "{\"id\":-1,\"hashes\":[]}",
        "{\"id\":1.0,\"hashes\":[]}",
        "{\"id\":\"1\",\"hashes\":[]}",
        "{\"id\":1,\"hashes\":[4294967296]}",
        "{\"id\":1,\"hashes\":[99999999999999999999999]}",
        "{\"id\":1,\"hashes\":[null]}",
        "{\"id\":1,\"hashes\":{}}",
        "{\"id\":1}",
        "{\"hashes\":[]}",
        "{\"id\":1,\"id\":2,\"hashes\":[]}",
        "{\"id\":1,\"hashes\":[],\"other\":1}",
        "{\"id\":1,\"hashes\":[1,2",
        "{\"id\":1,\"hashes\":[1,2]",
        "{\"id\":1,",
        "[1]",
        "INCIPDOX",
        "x"
      })
  void otherLinesAreRefusedWithTheirNumber(String line) {
    String good = "{\"id\":7,\"hashes\":[1]}\n";
    byte[] bytes = (good + good + line).getBytes(StandardCharsets.UTF_8);
    DocumentFormatException refused =
        assertThrows(DocumentFormatException.class, () -> read(bytes));
    assertEquals(3, refused.position(), refused.getMessage());
  }

  @Test
  void aBinaryFileDamagedOrCutAnywhereIsRefused() throws Exception {
    byte[] bytes = write(DocumentWriter.Form.BINARY, random(new SplittableRandom(SEED), 20));
    for (int at = 0; at < bytes.length; at += bytes.length / 400 + 1) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x20;
      assertThrows(DocumentFormatException.class, () -> read(damaged), "damaged at " + at);
      byte[] cut = Arrays.copyOf(bytes, at);
      if (at > 0) {
        assertThrows(DocumentFormatException.class, () -> read(cut), "cut at " + at);
      }
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(DocumentFormatException.class, () -> read(longer));
  }

  @Test
  void aCountThatLiesAllocatesNothing() throws Exception {
    byte[] bytes = write(DocumentWriter.Form.BINARY, List.of(new Change.Insert(1, 2, 3)));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(16, DocumentReader.MOST_HASHES);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThrows(DocumentFormatException.class, () -> read(bytes));
    assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 1_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLoadedIsExportedAgain(DocumentWriter.Form form) throws Exception {
    List<Change.Insert> documents = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int id = 1; id <= 2500; id++) {
      int[] hashes = random.ints(random.nextInt(50)).map(hash -> hash >>> 1).sorted().toArray();
      documents.add(new Change.Insert(id, Arrays.stream(hashes).distinct().toArray()));
    }
    byte[] bytes = write(form, documents);
    List<Long> progress = new ArrayList<>();
    try (Index index = Index.open(folder.resolve("index"), IndexConfig.DEFAULT);
        DocumentReader reader = DocumentReader.of(new ByteArrayInputStream(bytes))) {
      assertEquals(2500, IndexLoader.load(reader, index, progress::add));
      assertEquals(3, index.info().version());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (DocumentWriter writer = DocumentWriter.of(form, out)) {
        index.documents(1000, writer);
        writer.finish();
      }
      assertArrayEquals(bytes, out.toByteArray());
    }
    assertEquals(List.of(1000L, 2000L, 2500L), progress);
  }
}
