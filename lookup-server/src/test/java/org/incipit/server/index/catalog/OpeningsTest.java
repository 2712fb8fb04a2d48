package org.incipit.server.index.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.index.catalog.Openings.Opening;
import org.junit.jupiter.api.Test;

class OpeningsTest {
  @Test
  void soManyRunAtATimeAndNotMore() throws Exception {
    CyclicBarrier three = new CyclicBarrier(3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ran = new AtomicInteger();
    Opening opening =
        () -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          meet(three);
          ran.incrementAndGet();
          now.decrementAndGet();
        };
    new Openings(3).run(Collections.nCopies(12, opening));
    assertEquals("12 3", ran + " " + most);
  }

  @Test
  void oneAtATimeIsInOrderOnThisThreadAndEndsAtTheFirstFailure() {
    List<String> ran = new ArrayList<>();
    IOException failure = new IOException("second");
    List<Opening> openings =
        List.of(
            () -> ran.add(Thread.currentThread().getName()),
            () -> {
              throw failure;
            },
            () -> ran.add("third"));
    assertSame(failure, assertThrows(IOException.class, () -> new Openings(1).run(openings)));
    assertEquals(List.of(Thread.currentThread().getName()), ran);
  }

  @Test
  void afterAFailureNoneIsUnderWay() {
    CountDownLatch failing = new CountDownLatch(1);
    AtomicInteger under = new AtomicInteger();
    List<Opening> openings = new ArrayList<>();
    openings.add(() -> {
      failing.countDown();
      throw new IOException("first");
    });
    for (int i = 0; i < 20; i++) {
      openings.add(() -> {
        under.incrementAndGet();
        pause(failing);
        under.decrementAndGet();
      });
    }
    IOException e = assertThrows(IOException.class, () -> new Openings(4).run(openings));
    assertEquals("first", e.getMessage());
    assertEquals(0, under.get());
    assertThrows(IllegalArgumentException.class, () -> new Openings(0));
  }

  @Test
  void anInterruptEndsTheWaitAfterWhatIsUnderWay() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedIOException.class,
        () -> new Openings(2).run(Collections.nCopies(9, ran::incrementAndGet)));
    assertTrue(Thread.interrupted());
    assertTrue(ran.get() <= 9);
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  private static void pause(CountDownLatch until) throws IOException {
    try {
      until.await();
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
