package org.incipit.server.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
  void whatFailedIsForgottenAsSoonAsAPieceSucceeds() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    Upkeep upkeep =
        Upkeep.of(
            "busy",
            () -> {
              switch (tries.incrementAndGet()) {
                case 1 -> throw new IOException("the disk is full");
                case 2 -> {}
                default -> awaitUninterruptibly(done);
              }
              return true;
            });
    upkeep.start();
    while (tries.get() < 3) {
      Thread.sleep(1);
    }
    assertEquals("", upkeep.failure());
    upkeep.end();
    done.countDown();
    upkeep.close();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
