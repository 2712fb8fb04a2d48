package org.incipit.server.index;

/**
 * What an index has done since it was opened, for metrics.
 *
 * @param syncs of the log for updates; several updates may share one
 * @param waits updates that had to wait for memory
 * @param checkpoints segments written of what was in memory
 * @param memoryMerges merges of runs
 * @param segmentMerges merges of segments
 * @param memoryBytes bytes of what is in memory only, now
 * @param unverifiedBytes bytes of segments that are not verified yet, now
 * @param listsRead by searches: for each hash one in each part
 * @param postingsRead in these lists
 * @param blocksRead blocks of segments that these lists are in
 */
public record IndexStats(
    long syncs,
    long waits,
    long checkpoints,
    long memoryMerges,
    long segmentMerges,
    long memoryBytes,
    long unverifiedBytes,
    long listsRead,
    long postingsRead,
    long blocksRead) {
  /** Of an index that has done nothing. */
  public static final IndexStats NONE = new IndexStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** What both have done. */
  public IndexStats plus(IndexStats other) {
    return new IndexStats(
        syncs + other.syncs,
        waits + other.waits,
        checkpoints + other.checkpoints,
        memoryMerges + other.memoryMerges,
        segmentMerges + other.segmentMerges,
        memoryBytes + other.memoryBytes,
        unverifiedBytes + other.unverifiedBytes,
        listsRead + other.listsRead,
        postingsRead + other.postingsRead,
        blocksRead + other.blocksRead);
  }
}
