package org.incipit.server.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.SubmissionStatus;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.lookup.LookupMatch;
import org.incipit.server.lookup.Tunes;
import org.incipit.testdata.Json;
import org.incipit.testdata.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AcoustID's own answers, through submission, import, index and lookup. */
class VectorsTest {
  private static final int DURATION = 60;

  @TempDir Path folder;

  private static List<Map<?, ?>> cases(String name) throws IOException {
    Map<?, ?> vectors =
        Json.object(Files.readString(TestData.path("vectors/compare2-vectors.json")));
    List<Map<?, ?>> cases = new ArrayList<>();
    ((List<?>) vectors.get(name)).forEach(each -> cases.add((Map<?, ?>) each));
    return cases;
  }

  private static int[] ints(Object list) {
    return ((List<?>) list).stream().mapToInt(item -> ((Number) item).intValue()).toArray();
  }

  private static Set<Integer> terms(Fingerprint fingerprint) {
    return Arrays.stream(QueryExtractor.extract(fingerprint)).boxed().collect(Collectors.toSet());
  }

  private static boolean isTaken(Fingerprint fingerprint) {
    return Arrays.stream(fingerprint.toArray()).distinct().count() >= Refusals.LEAST_DIFFERENT
        && !terms(fingerprint).isEmpty();
  }

  /** Whether an index that knows nothing but one names it for the other. */
  private static boolean shareEnough(Fingerprint stored, Fingerprint asked) {
    Set<Integer> query = terms(asked);
    Set<Integer> shared = terms(stored);
    shared.retainAll(query);
    return !shared.isEmpty() && 20 * shared.size() >= query.size();
  }

  @Test
  void aLookupFindsWhatAcoustIdDoesWithItsScore() throws IOException {
    int found = 0;
    int refused = 0;
    int different = 0;
    for (Map<?, ?> each : cases("compare2_cases")) {
      if (((Number) each.get("maxoffset")).intValue() != 80) {
        continue;
      }
      String name = String.valueOf(each.get("name"));
      Fingerprint asked = Tunes.of(ints(each.get("a")));
      Fingerprint stored = Tunes.of(ints(each.get("b")));
      float score = ((Number) each.get("compare2")).floatValue();
      // Alone in a catalogue: others would be candidates, too.
      try (Intake intake = new Intake(Store.SQLITE, Files.createTempDirectory(folder, "case"))) {
        intake.importing(10);
        SubmissionStatus status = intake.handled(intake.submit(stored, DURATION));
        if (!isTaken(stored)) {
          assertInstanceOf(SubmissionStatus.Rejected.class, status, name);
          refused++;
          continue;
        }
        assertInstanceOf(SubmissionStatus.Imported.class, status, name);
        intake.awaitIndex();
        List<Float> scores =
            intake.find(asked, DURATION + 7).stream().map(LookupMatch::score).toList();
        boolean isLike = score > 0.4 && shareEnough(stored, asked);
        assertEquals(isLike ? List.of(score) : List.of(), scores, name);
        assertEquals(List.of(), intake.find(asked, DURATION + 8), name);
        found += isLike ? 1 : 0;
        different += isLike ? 0 : 1;
      }
    }
    assertEquals(List.of(48, 19, 13), List.of(found, different, refused));
  }

  @Test
  void theIndexIsAskedForTheTermsOfAcoustIdAndHasThem() throws IOException {
    try (Intake intake = new Intake(Store.SQLITE, folder)) {
      intake.importing(10);
      int duration = 10;
      int taken = 0;
      for (Map<?, ?> each : cases("extract_query_cases")) {
        String name = String.valueOf(each.get("name"));
        Fingerprint fingerprint = Tunes.of(ints(each.get("hashes")));
        int[] terms = ints(each.get("query"));
        assertArrayEquals(terms, QueryExtractor.extract(fingerprint), name);
        duration += 20;
        SubmissionStatus status = intake.handled(intake.submit(fingerprint, duration));
        if (!isTaken(fingerprint)) {
          assertInstanceOf(SubmissionStatus.Rejected.class, status, name);
          continue;
        }
        intake.awaitIndex();
        int id = (int) intake.find(fingerprint, duration).getFirst().fingerprint();
        Hits hits = intake.index().search(Query.of(terms).withLimit(100), Duration.ofMinutes(1));
        int place = 0;
        while (hits.id(place) != id) {
          place++;
        }
        assertEquals(terms.length, hits.score(place), name);
        taken++;
      }
      assertEquals(16, taken);
    }
  }
}
