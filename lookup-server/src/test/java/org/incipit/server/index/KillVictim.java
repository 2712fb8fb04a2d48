package org.incipit.server.index;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;

/**
 * A program that is made to be killed: some writers commit batches to an index and print {@code
 * writer batch} for each one that was acknowledged. Batch n of a writer inserts documents that all
 * have one hash of its own, and deletes those of an earlier batch.
 */
final class KillVictim {
  static final int WRITERS = 3;

  private static final int DOCUMENTS = 7;
  private static final int HASHES = 20;
  private static final int KEPT = 12;
  private static final IndexConfig CONFIG =
      IndexConfig.DEFAULT.withCheckpointPostings(3000).withLogFileBytes(1 << 16);

  private KillVictim() {}

  static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    Index index = open(Path.of(args[0]));
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      Thread.ofPlatform()
          .start(() -> {
            try {
              for (int n = last(index, writer) + 1; ; n++) {
                index.update(batch(writer, n));
                // One call, so that lines do not mix.
                out.print(writer + " " + n + "\n");
                out.flush();
              }
            } catch (IOException e) {
              e.printStackTrace();
              Runtime.getRuntime().halt(1);
            }
          });
    }
  }

  static Index open(Path folder) throws IOException {
    return Index.open(folder, CONFIG);
  }

  /** The last batch of a writer that an index has, 0 if there is none. */
  static int last(Index index, int writer) {
    return Integer.parseInt(index.info().metadata().getOrDefault("writer" + writer, "0"));
  }

  private static int id(int writer, int n, int document) {
    return 1 + (n * WRITERS + writer) * DOCUMENTS + document;
  }

  private static int hash(int writer, int n) {
    return -(n * WRITERS + writer);
  }

  private static Batch batch(int writer, int n) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      int[] hashes = new int[HASHES];
      int id = id(writer, n, i);
      Arrays.setAll(hashes, j -> id * 31 + j * 7);
      hashes[0] = hash(writer, n);
      changes.add(new Change.Insert(id, hashes));
      if (n > KEPT) {
        changes.add(new Change.Delete(id(writer, n - KEPT, i)));
      }
    }
    return new Batch(changes, Map.of("writer" + writer, Integer.toString(n)));
  }

  /** What is wrong with the batches of a writer, if {@code last} was its last one; or nothing. */
  static String damage(Index index, int writer, int last) throws IOException {
    for (int n = 1; n <= last + 2; n++) {
      boolean kept = n <= last && n > last - KEPT;
      Query query = Query.of(hash(writer, n)).withLimit(100).withMinScore(1).withScorePercent(0);
      Hits hits = index.search(query, Duration.ZERO);
      int own = 0;
      for (int i = 0; i < hits.size(); i++) {
        int from = id(writer, n, 0);
        own += hits.id(i) >= from && hits.id(i) < from + DOCUMENTS ? 1 : 0;
      }
      if (own != (kept ? DOCUMENTS : 0)) {
        return "writer " + writer + ", batch " + n + " of " + last + ": " + own + " documents";
      }
      for (int i = 0; i < DOCUMENTS; i++) {
        if (index.get(id(writer, n, i)).isPresent() != kept) {
          return "writer " + writer + ", batch " + n + " of " + last + ", document " + i;
        }
      }
    }
    return "";
  }
}
