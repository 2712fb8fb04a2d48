package org.incipit.benchmarks.service;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.incipit.benchmarks.IndexCorpus;

/** A corpus that {@link IndexCorpus} has written, and queries about it. */
final class Tracks implements Closeable {
  private static final int TERMS = IndexCorpus.TERMS;

  private final IndexCorpus made = new IndexCorpus();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment hashes;
  private final int documents;

  Tracks(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      hashes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
    documents = (int) (hashes.byteSize() / (4 * TERMS));
  }

  int documents() {
    return documents;
  }

  /** The hashes of document {@code index}, from 0; its id is one more. */
  int[] document(int index) {
    int[] copy = new int[TERMS];
    MemorySegment.copy(hashes, ValueLayout.JAVA_INT, 4L * TERMS * index, copy, 0, TERMS);
    return copy;
  }

  /** Those of another encoding of one of them. */
  int[] hit(long seed) {
    int index = new SplittableRandom(seed).nextInt(documents);
    return made.reencoded(document(index), seed);
  }

  /** Those of a track that is not among them. */
  int[] miss(long seed) {
    return made.unknown(documents + seed);
  }

  /** So many searches, every second with a hit. */
  ByteBuffer[] searches(Form form, String index, int count) {
    ByteBuffer[] requests = new ByteBuffer[count];
    for (int i = 0; i < count; i++) {
      requests[i] = Requests.search(form, index, i % 2 == 0 ? hit(i) : miss(i));
    }
    return requests;
  }

  @Override
  public void close() {
    arena.close();
  }
}
