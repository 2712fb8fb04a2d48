package org.incipit.server.index.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.segment.PartMerger;
import org.incipit.server.index.segment.Run;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline =
      new Timeline(new Snapshot(List.of(), 0, 0, Map.of(), unused -> {}), unused -> {});

  private void append(int n) {
    Batch batch = Batch.of(new Change.Insert(n, 1, 2, n));
    timeline.append(List.of(BatchRun.of(batch, new CommitRange(n, n, n))), Map.of());
  }

  private int parts() {
    Snapshot snapshot = timeline.hold();
    snapshot.release();
    return snapshot.parts().size();
  }

  @Test
  void claimedRunsCanBeReplacedWhateverIsAppended() {
    append(1);
    append(2);
    append(3);
    assertEquals(3, parts());
    Snapshot claimed = timeline.claim();
    for (int n = 4; n <= 10; n++) {
      append(n);
    }
    assertEquals(10, parts(), "claimed runs are left as they are");
    append(11);
    assertEquals(4, parts(), "small runs are merged at once, by eights");
    List<Run> runs = claimed.runs();
    timeline.replace(runs, PartMerger.toRun(runs));
    timeline.unclaim();
    claimed.release();
    append(12);
    assertEquals(3, parts());
  }

  @Test
  void manySmallRunsStayFew() {
    for (int n = 1; n <= 1000; n++) {
      append(n);
      assertTrue(parts() <= 28, parts() + " parts after " + n);
    }
    timeline.append(List.of(BatchRun.of(Batch.of(), new CommitRange(1001, 1001, 1001))), Map.of());
    Snapshot snapshot = timeline.hold();
    snapshot.release();
    assertEquals(1001, snapshot.sequence());
    assertTrue(snapshot.parts().size() <= 28);
    assertEquals(1000, snapshot.parts().stream().mapToLong(part -> part.documents().size()).sum());
  }
}
