package org.incipit.server.fpindex;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.incipit.server.index.IndexInfo;
import org.incipit.server.index.IndexStats;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.metrics.MetricsText;
import org.jspecify.annotations.Nullable;

/** The metrics of all indexes: the original's names first, ours after them. */
final class ServiceMetrics {
  private static final Logger LOG = System.getLogger(ServiceMetrics.class.getName());
  private static final String INDEX = "index";

  private final IndexCatalog catalog;
  private final Map<String, IndexMetrics> indexes = new ConcurrentHashMap<>();

  /** What indexes had done that are gone; under the lock of this. */
  private IndexStats gone = IndexStats.NONE;

  ServiceMetrics(IndexCatalog catalog) {
    this.catalog = catalog;
  }

  /** What is there of an index at the moment. */
  private record State(IndexInfo info, IndexStats stats) {}

  /** Those of an index. */
  IndexMetrics of(String name) {
    IndexMetrics found = indexes.get(name);
    return found != null ? found : indexes.computeIfAbsent(name, any -> new IndexMetrics());
  }

  /**
   * Deletes an index, whose work stays counted; not while somebody adds up what all have done.
   *
   * @return what the deletion returns
   */
  synchronized boolean deleted(String name, Storage.Call<Boolean> deletion) throws Refusal {
    boolean deleted = false;
    try (IndexLease lease = leaseOf(name)) {
      try {
        deleted = Storage.call(deletion);
      } finally {
        // It may have failed half-way: then nobody can lease it any more, either.
        if (deleted || !catalog.names().contains(name)) {
          forget(name, lease);
        }
      }
    }
    return deleted;
  }

  private void forget(String name, @Nullable IndexLease lease) {
    indexes.remove(name);
    if (lease != null) {
      gone = gone.plus(lease.index().stats());
    }
  }

  /** Null if there is no such index now, or it cannot be used. */
  private @Nullable IndexLease leaseOf(String name) {
    try {
      return catalog.lease(name);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "not counted: " + e.getMessage());
      return null;
    }
  }

  /** Prints all. */
  void print(MetricsText text) {
    Map<String, State> states = new TreeMap<>();
    IndexStats sum = addUp(states);
    counter(text, "fpindex_searches_total", "Searches.", one -> one.searches.sum());
    counter(text, "fpindex_search_hits_total", "Searches with hits.", one -> one.hits.sum());
    counter(text, "fpindex_search_misses_total", "Searches without.", one -> one.misses.sum());
    counter(text, "fpindex_updates_total", "Update requests.", one -> one.updates.sum());
    done(text, "fpindex_checkpoints_total", "Segments written.", sum.checkpoints());
    done(text, "fpindex_memory_merges_total", "Merges in memory.", sum.memoryMerges());
    done(text, "fpindex_file_merges_total", "Merges of segments.", sum.segmentMerges());
    String durations = "fpindex_search_duration_seconds";
    text.family(durations, "histogram", "From the head of a search to its hits.");
    new TreeMap<>(indexes)
        .forEach((name, one) -> one.durations.print(text, durations, INDEX, name));
    String docs = "fpindex_scanned_docs_per_hash";
    perHash(text, docs, "Documents in a list that was read.", sum.listsRead(), sum.postingsRead());
    String blocks = "fpindex_scanned_blocks_per_hash";
    perHash(text, blocks, "Blocks that a list is in.", sum.listsRead(), sum.blocksRead());
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
    done(text, "incipit_log_syncs_total", "Syncs of the log.", sum.syncs());
    done(text, "incipit_update_waits_total", "Updates that waited.", sum.waits());
    text.single(
        "incipit_damaged_indexes",
        "gauge",
        "Damaged indexes, which are not served.",
        catalog.damaged().size());
  }

  /** What all indexes have done together; and what there is of each. */
  private synchronized IndexStats addUp(Map<String, State> states) {
    IndexStats sum = gone;
    for (String name : catalog.names()) {
      try (IndexLease lease = catalog.lease(name)) {
        State state = new State(lease.index().info(), lease.index().stats());
        states.put(name, state);
        sum = sum.plus(state.stats());
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "gone since the names were asked for: " + e.getMessage());
      }
    }
    return sum;
  }

  private void counter(
      MetricsText text, String name, String help, Function<IndexMetrics, Long> value) {
    text.family(name, "counter", help);
    new TreeMap<>(indexes)
        .forEach((index, one) -> text.sample(name, value.apply(one), INDEX, index));
  }

  private static void done(MetricsText text, String name, String help, long value) {
    text.single(name, "counter", help, value);
  }

  /** A histogram of one bucket: searches do not sort their lists by length, but know the sums. */
  private static void perHash(MetricsText text, String name, String help, long lists, long sum) {
    text.family(name, "histogram", help);
    text.sample(name + "_bucket", lists, "le", "+Inf");
    text.sample(name + "_sum", sum);
    text.sample(name + "_count", lists);
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
