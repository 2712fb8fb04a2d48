package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UpkeepTest {
  @Test
  void whatFailsIsTriedAgainButNotForEveryoneWhoAsks() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Upkeep upkeep =
        Upkeep.of(
            "failing",
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new IOException("the disk is full");
              }
              return false;
            });
    upkeep.start();
    while (upkeep.failure().isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals("the disk is full", upkeep.failure());
    for (int i = 0; i < 20; i++) {
      upkeep.wake();
      Thread.sleep(2);
    }
    assertEquals(1, tries.get());
    assertTrue(upkeep.awaitRest(30_000));
    assertEquals("", upkeep.failure());
    upkeep.close();
  }

  @Test
  void thePauseAfterAFailureGrowsWithTheWorkThatWasInVain() {
    assertEquals(1000, Upkeep.failurePause(0));
    assertEquals(8000, Upkeep.failurePause(1000));
    assertEquals(60_000, Upkeep.failurePause(3_600_000));
  }

  @Test
  void closingDoesNotWaitForThePause() throws Exception {
    Upkeep upkeep =
        Upkeep.of(
            "failing",
            () -> {
              throw new OutOfMemoryError("simulated");
            });
    upkeep.start();
    while (upkeep.failure().isEmpty()) {
      Thread.sleep(1);
    }
    upkeep.close();
    assertTrue(upkeep.failure().contains("simulated"), upkeep.failure());
  }
}
