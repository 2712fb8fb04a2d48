package org.incipit.server.index.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    assertEquals(1, parts(), "small runs are merged at once");
    Snapshot claimed = timeline.claim();
    append(3);
    append(4);
    assertEquals(2, parts());
    List<Run> runs = claimed.runs();
    timeline.replace(runs, PartMerger.toRun(runs));
    timeline.unclaim();
    claimed.release();
    append(5);
    assertEquals(1, parts());
  }
}
