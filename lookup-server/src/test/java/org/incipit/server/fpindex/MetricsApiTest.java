package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that Prometheus reads. */
class MetricsApiTest extends ApiTest {
  private String metrics() throws Exception {
    Reply reply = server.get("/_metrics");
    assertEquals(200, reply.status());
    assertEquals("text/plain; version=0.0.4; charset=utf-8", reply.type());
    return reply.text();
  }

  private static void has(String page, String line) {
    assertTrue(("\n" + page).contains("\n" + line + "\n"), line + " is not in\n" + page);
  }

  @Test
  void typesAreThereBeforeTheFirstSample() throws Exception {
    String page = metrics();
    for (String type :
        List.of(
            "fpindex_searches_total counter",
            "fpindex_search_hits_total counter",
            "fpindex_search_misses_total counter",
            "fpindex_updates_total counter",
            "fpindex_checkpoints_total counter",
            "fpindex_memory_merges_total counter",
            "fpindex_file_merges_total counter",
            "fpindex_search_duration_seconds histogram",
            "fpindex_scanned_docs_per_hash histogram",
            "fpindex_scanned_blocks_per_hash histogram",
            "fpindex_docs gauge",
            "fpindex_version gauge")) {
      has(page, "# TYPE " + type);
    }
    has(page, "fpindex_checkpoints_total 0");
  }

  @Test
  void whatHappensIsCountedByIndex() throws Exception {
    server.json(200, "PUT", "/a", "");
    server.json(200, "PUT", "/b", "");
    server.json(200, "POST", "/a/_update", insert(1, "1,2"));
    server.json(200, "PUT", "/a/2", "{\"hashes\":[1]}");
    server.json(200, "DELETE", "/a/2", "");
    server.json(200, "POST", "/a/_search", "{\"query\":[1]}");
    server.json(200, "POST", "/a/_search", "{\"query\":[9]}");
    server.json(200, "POST", "/a/_search_batch", "{\"queries\":[{\"query\":[1]},{\"query\":[2]}]}");
    String page = metrics();
    has(page, "fpindex_searches_total{index=\"a\"} 4");
    has(page, "fpindex_search_hits_total{index=\"a\"} 3");
    has(page, "fpindex_search_misses_total{index=\"a\"} 1");
    has(page, "fpindex_updates_total{index=\"a\"} 3");
    has(page, "fpindex_version{index=\"a\"} 3");
    has(page, "fpindex_version{index=\"b\"} 0");
    has(page, "fpindex_docs{index=\"b\"} 0");
    has(page, "fpindex_search_duration_seconds_count{index=\"a\"} 4");
    has(page, "fpindex_search_duration_seconds_bucket{index=\"a\",le=\"+Inf\"} 4");
    for (String bound : List.of("0.001", "0.005", "0.01", "0.05", "0.1", "0.5", "1.0", "5.0")) {
      assertTrue(
          page.contains("fpindex_search_duration_seconds_bucket{index=\"a\",le=\"" + bound + "\"}"),
          bound);
    }
    server.json(200, "DELETE", "/a", "");
    String after = metrics();
    assertTrue(!after.contains("index=\"a\""), after);
  }

  @Test
  void whatSearchesReadIsCountedByList() throws Exception {
    server.json(200, "PUT", "/a", "");
    server.json(200, "POST", "/a/_update", insert(1, "1,2,3"));
    server.json(200, "PUT", "/a/2", "{\"hashes\":[2,3,4]}");
    server.json(200, "POST", "/a/_search", "{\"query\":[2,3,9]}");
    String page = metrics();
    has(page, "fpindex_scanned_docs_per_hash_bucket{le=\"+Inf\"} 6");
    has(page, "fpindex_scanned_docs_per_hash_sum 4");
    has(page, "fpindex_scanned_docs_per_hash_count 6");
    has(page, "fpindex_scanned_blocks_per_hash_count 6");
  }

  @Test
  void whatADeletedIndexHasDoneStaysCountedAlthoughNobodyLooked() throws Exception {
    for (int generation = 1; generation <= 3; generation++) {
      server.json(200, "PUT", "/a", "");
      server.json(200, "POST", "/a/_update", insert(1, "1,2"));
      server.json(200, "POST", "/a/_search", "{\"query\":[1,2]}");
      server.json(200, "DELETE", "/a", "");
      server.json(200, "DELETE", "/a", "");
    }
    for (int again = 0; again < 2; again++) {
      String page = metrics();
      has(page, "incipit_log_syncs_total 3");
      has(page, "fpindex_scanned_docs_per_hash_sum 6");
      has(page, "fpindex_scanned_docs_per_hash_count 6");
    }
  }

  @Test
  void everyLineIsWellFormedAndEveryFamilyDeclaredOnce() throws Exception {
    server.json(200, "PUT", "/a", "");
    server.json(200, "POST", "/a/_search", "{\"query\":[9]}");
    Pattern sample =
        Pattern.compile(
            "[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})? -?[0-9][0-9.eE+-]*");
    List<String> lines = metrics().lines().toList();
    for (String line : lines) {
      assertTrue(line.startsWith("# ") || sample.matcher(line).matches(), line);
    }
    List<String> types = lines.stream().filter(line -> line.startsWith("# TYPE ")).toList();
    assertEquals(types.size(), types.stream().map(line -> line.split(" ")[2]).distinct().count());
  }
}
