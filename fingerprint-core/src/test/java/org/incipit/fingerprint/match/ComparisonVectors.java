package org.incipit.fingerprint.match;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.incipit.testdata.Json;
import org.incipit.testdata.TestData;

/** {@code vectors/compare2-vectors.json}: what AcoustID's server answers. */
final class ComparisonVectors {
  /** Two lists of items, and the score of both. */
  record Compared(String name, int maxOffset, int[] a, int[] b, float score) {}

  /** A list of items, and the terms taken from it. */
  record Extracted(String name, int[] items, int[] terms) {}

  private ComparisonVectors() {}

  static List<Compared> compared() throws IOException {
    List<Compared> vectors = new ArrayList<>();
    for (Map<?, ?> each : cases("compare2_cases")) {
      vectors.add(
          new Compared(
              (String) each.get("name"),
              ((Number) each.get("maxoffset")).intValue(),
              ints(each.get("a")),
              ints(each.get("b")),
              ((Number) each.get("compare2")).floatValue()));
    }
    return vectors;
  }

  static Compared compared(String name) throws IOException {
    return compared().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  static List<Extracted> extracted() throws IOException {
    List<Extracted> vectors = new ArrayList<>();
    for (Map<?, ?> each : cases("extract_query_cases")) {
      vectors.add(
          new Extracted(
              (String) each.get("name"), ints(each.get("hashes")), ints(each.get("query"))));
    }
    return vectors;
  }

  private static List<Map<?, ?>> cases(String name) throws IOException {
    String text = Files.readString(TestData.path("vectors/compare2-vectors.json"));
    List<Map<?, ?>> cases = new ArrayList<>();
    for (Object each : (List<?>) Json.object(text).get(name)) {
      cases.add((Map<?, ?>) each);
    }
    return cases;
  }

  private static int[] ints(Object list) {
    return ((List<?>) list).stream().mapToInt(item -> ((Number) item).intValue()).toArray();
  }
}
