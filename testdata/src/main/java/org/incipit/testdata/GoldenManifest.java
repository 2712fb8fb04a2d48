package org.incipit.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code golden/manifest.jsonl}: one {@link GoldenRecord} a line. */
public final class GoldenManifest {
  private GoldenManifest() {}

  /** The records of {@link GoldenRecord#REFERENCE}, in the order of the file. */
  public static List<GoldenRecord> reference() throws IOException {
    List<GoldenRecord> records = new ArrayList<>();
    for (String line : Files.readAllLines(TestData.path("golden/manifest.jsonl"))) {
      GoldenRecord read = read(Json.object(line));
      if (read.version().equals(GoldenRecord.REFERENCE)) {
        records.add(read);
      }
    }
    return records;
  }

  private static GoldenRecord read(Map<String, Object> line) {
    List<GoldenRecord.Result> results = new ArrayList<>();
    if (line.containsKey("fingerprint_raw") || line.containsKey("fingerprint")) {
      results.add(result(line));
    }
    if (line.get("results") instanceof List<?> several) {
      for (Object each : several) {
        results.add(result((Map<?, ?>) each));
      }
    }
    Object file = required(line, "file");
    return new GoldenRecord(
        file instanceof List<?> files ? strings(files) : List.of((String) file),
        strings((List<?>) required(line, "options")),
        (String) required(line, "version"),
        ((Long) required(line, "exit")).intValue(),
        (String) required(line, "stderr"),
        results,
        (String) line.get("stdout"));
  }

  private static Object required(Map<String, Object> line, String key) {
    Object value = line.get(key);
    if (value == null) {
      throw new IllegalStateException("no " + key + " in " + line);
    }
    return value;
  }

  private static GoldenRecord.Result result(Map<?, ?> map) {
    Object fingerprint =
        map.containsKey("fingerprint_raw") ? map.get("fingerprint_raw") : map.get("fingerprint");
    return new GoldenRecord.Result(
        number(map.get("timestamp")),
        number(map.get("duration")),
        fingerprint instanceof List<?> items ? items.stream().map(Long.class::cast).toList() : null,
        fingerprint instanceof String text ? text : null);
  }

  private static @Nullable Double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : null;
  }

  private static List<String> strings(List<?> list) {
    return list.stream().map(String.class::cast).toList();
  }
}
