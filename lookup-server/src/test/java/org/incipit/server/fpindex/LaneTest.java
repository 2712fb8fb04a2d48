package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  private void pass() {
    try {
      assertTrue(gate.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps its one thread busy with index {@code a} until the gate opens. */
  private void occupy(Lane lane) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    lane.of("a")
        .execute(() -> {
          begun.countDown();
          pass();
        });
    assertTrue(begun.await(1, TimeUnit.MINUTES));
  }

  @Test
  void indexesTakeTurnsAndEachKeepsItsOrder() throws Exception {
    try (Lane lane = new Lane("test", 1, 0, 1, 10)) {
      CountDownLatch rest = new CountDownLatch(5);
      lane.of("a").execute(this::pass);
      for (String work : List.of("a1", "a2", "a3", "b1", "b2")) {
        lane.of(work.substring(0, 1))
            .execute(() -> {
              done.add(work);
              rest.countDown();
            });
      }
      gate.countDown();
      assertTrue(rest.await(1, TimeUnit.MINUTES));
      assertEquals(List.of("b1", "a1", "b2", "a2", "a3"), done);
    }
  }

  @Test
  void anIndexNeverHasAllThreads() throws Exception {
    try (Lane lane = new Lane("test", 2, 0, 1, 10)) {
      CountDownLatch other = new CountDownLatch(1);
      CountDownLatch rest = new CountDownLatch(1);
      lane.of("a").execute(this::pass);
      lane.of("a").execute(rest::countDown);
      lane.of("b").execute(other::countDown);
      assertTrue(other.await(1, TimeUnit.MINUTES));
      assertEquals(1, rest.getCount());
      gate.countDown();
      assertTrue(rest.await(1, TimeUnit.MINUTES));
    }
  }

  @Test
  void whatWaitsWhenItIsClosedIsDoneAndNoMoreIsTaken() throws Exception {
    CountDownLatch rest = new CountDownLatch(3);
    Lane lane = new Lane("test", 1, 0, 1, 10);
    lane.of("a").execute(this::pass);
    lane.of("a").execute(rest::countDown);
    lane.of("a").execute(rest::countDown);
    lane.of("b").execute(rest::countDown);
    lane.close();
    assertThrows(RejectedExecutionException.class, () -> lane.of("b").execute(() -> {}));
    gate.countDown();
    assertTrue(rest.await(1, TimeUnit.MINUTES));
  }

  @Test
  void workThatGoesOnIsTakenHoweverMuchWaits() throws Exception {
    try (Lane lane = new Lane("test", 1, 0, 1, 1)) {
      CountDownLatch rest = new CountDownLatch(2);
      occupy(lane);
      lane.of("a").execute(rest::countDown);
      lane.furtherOf("a").execute(rest::countDown);
      gate.countDown();
      assertTrue(rest.await(1, TimeUnit.MINUTES));
    }
  }

  @Test
  void whatIsTooMuchIsRefusedToThatIndexAlone() throws Exception {
    try (Lane lane = new Lane("test", 1, 0, 1, 1)) {
      CountDownLatch rest = new CountDownLatch(2);
      occupy(lane);
      lane.of("a").execute(rest::countDown);
      assertThrows(RejectedExecutionException.class, () -> lane.of("a").execute(() -> {}));
      lane.of("b").execute(rest::countDown);
      gate.countDown();
      assertTrue(rest.await(1, TimeUnit.MINUTES));
    }
  }
}
