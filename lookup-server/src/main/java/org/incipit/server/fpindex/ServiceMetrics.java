package org.incipit.server.fpindex;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.incipit.server.index.IndexInfo;
import org.incipit.server.index.IndexStats;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;

/** The metrics of all indexes: the original's names first, ours after them. */
final class ServiceMetrics {
  private static final String INDEX = "index";

  private final IndexCatalog catalog;
  private final Map<String, IndexMetrics> indexes = new ConcurrentHashMap<>();

  /** What indexes had done when last seen; those that are gone stay counted. */
  private final Map<Seen, IndexStats> stats = new HashMap<>();

  ServiceMetrics(IndexCatalog catalog) {
    this.catalog = catalog;
  }

  private record Seen(String name, long generation) {}

  /** What is there of an index at the moment. */
  private record State(IndexInfo info, IndexStats stats) {}

  /** Those of an index. */
  IndexMetrics of(String name) {
    IndexMetrics found = indexes.get(name);
    return found != null ? found : indexes.computeIfAbsent(name, any -> new IndexMetrics());
  }

  /** The index is gone. */
  void forget(String name) {
    indexes.remove(name);
  }

  /** Prints all. */
  void print(MetricsText text) {
    Map<String, State> states = states();
    counter(text, "fpindex_searches_total", "Searches.", one -> one.searches.sum());
    counter(text, "fpindex_search_hits_total", "Searches with hits.", one -> one.hits.sum());
    counter(text, "fpindex_search_misses_total", "Searches without.", one -> one.misses.sum());
    counter(text, "fpindex_updates_total", "Update requests.", one -> one.updates.sum());
    done(text, "fpindex_checkpoints_total", "Segments written.", IndexStats::checkpoints);
    done(text, "fpindex_memory_merges_total", "Merges in memory.", IndexStats::memoryMerges);
    done(text, "fpindex_file_merges_total", "Merges of segments.", IndexStats::segmentMerges);
    String durations = "fpindex_search_duration_seconds";
    text.family(durations, "histogram", "From the head of a search to its hits.");
    new TreeMap<>(indexes)
        .forEach((name, one) -> one.durations.print(text, durations, INDEX, name));
    String docs = "fpindex_scanned_docs_per_hash";
    perHash(text, docs, "Documents in a list that was read.", IndexStats::postingsRead);
    String blocks = "fpindex_scanned_blocks_per_hash";
    perHash(text, blocks, "Blocks that a list is in.", IndexStats::blocksRead);
    gauge(text, states, "fpindex_docs", "Documents, old copies too.", s -> s.info().documents());
    gauge(text, states, "fpindex_version", "Version.", s -> s.info().version());
    counter(text, "incipit_search_timeouts_total", "Searches given up.", one -> one.timeouts.sum());
    gauge(text, states, "incipit_segments", "Parts of an index.", s -> s.info().segments());
    gauge(
        text,
        states,
        "incipit_file_version",
        "Version of what is in segments.",
        s -> s.info().fileVersion());
    gauge(
        text,
        states,
        "incipit_memory_bytes",
        "Postings in memory only.",
        s -> s.stats().memoryBytes());
    gauge(
        text,
        states,
        "incipit_unverified_bytes",
        "Postings on disk whose checksums were not looked at since the start.",
        s -> s.stats().unverifiedBytes());
    done(text, "incipit_log_syncs_total", "Syncs of the log.", IndexStats::syncs);
    done(text, "incipit_update_waits_total", "Updates that waited.", IndexStats::waits);
    text.single(
        "incipit_damaged_indexes",
        "gauge",
        "Damaged indexes, which are not served.",
        catalog.damaged().size());
  }

  private Map<String, State> states() {
    Map<String, State> states = new TreeMap<>();
    for (String name : catalog.names()) {
      try (IndexLease lease = catalog.lease(name)) {
        State state = new State(lease.index().info(), lease.index().stats());
        states.put(name, state);
        synchronized (stats) {
          stats.put(new Seen(name, lease.generation()), state.stats());
        }
      } catch (IOException e) {
        // Deleted since the names were asked for: it has no state any more.
        states.remove(name);
      }
    }
    return states;
  }

  private void counter(
      MetricsText text, String name, String help, Function<IndexMetrics, Long> value) {
    text.family(name, "counter", help);
    new TreeMap<>(indexes)
        .forEach((index, one) -> text.sample(name, value.apply(one), INDEX, index));
  }

  private void done(MetricsText text, String name, String help, ToLongFunction<IndexStats> value) {
    text.single(name, "counter", help, sum(value));
  }

  /** A histogram of one bucket: searches do not sort their lists by length, but know the sums. */
  private void perHash(
      MetricsText text, String name, String help, ToLongFunction<IndexStats> value) {
    long lists = sum(IndexStats::listsRead);
    text.family(name, "histogram", help);
    text.sample(name + "_bucket", lists, "le", "+Inf");
    text.sample(name + "_sum", sum(value));
    text.sample(name + "_count", lists);
  }

  private long sum(ToLongFunction<IndexStats> value) {
    synchronized (stats) {
      return stats.values().stream().mapToLong(value).sum();
    }
  }

  private static void gauge(
      MetricsText text,
      Map<String, State> states,
      String name,
      String help,
      Function<State, Number> value) {
    text.family(name, "gauge", help);
    states.forEach((index, s) -> text.sample(name, value.apply(s), INDEX, index));
  }
}
