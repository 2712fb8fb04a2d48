package org.incipit.server.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskGroupTest {
  @Test
  void afterJoinAllResultsAreThere() throws Exception {
    try (TaskGroup group = new TaskGroup()) {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        int value = i;
        futures.add(group.spawn(() -> value));
      }
      group.join();
      for (int i = 0; i < 1000; i++) {
        assertEquals(i, futures.get(i).resultNow());
      }
      group.join();
    }
  }

  @Test
  void theFirstFailureCancelsTheOthersAndIsWhatJoinThrows() {
    Exception failure = new Exception("first");
    CountDownLatch interrupted = new CountDownLatch(10);
    try (TaskGroup group = new TaskGroup()) {
      for (int i = 0; i < 10; i++) {
        group.spawn(() -> waitForever(interrupted));
      }
      group.spawn(() -> {
        throw failure;
      });
      assertSame(failure, assertThrows(ExecutionException.class, group::join).getCause());
      assertEquals(0, interrupted.getCount());
    }
  }

  @Test
  void anErrorIsAFailureToo() {
    AssertionError failure = new AssertionError();
    try (TaskGroup group = new TaskGroup()) {
      group.spawn(() -> {
        throw failure;
      });
      assertSame(failure, assertThrows(ExecutionException.class, group::join).getCause());
    }
  }

  @Test
  void closeWithoutJoinCancelsAndWaits() {
    CountDownLatch interrupted = new CountDownLatch(5);
    AtomicInteger begun = new AtomicInteger();
    try (TaskGroup group = new TaskGroup()) {
      for (int i = 0; i < 5; i++) {
        group.spawn(() -> {
          begun.incrementAndGet();
          return waitForever(interrupted);
        });
      }
      while (begun.get() < 5) {
        Thread.onSpinWait();
      }
    }
    assertEquals(0, interrupted.getCount());
  }

  @Test
  void nothingOutlivesTheGroupEvenIfItTakesNoNoticeOfInterrupts() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread releaser = Thread.ofVirtual().unstarted(release::countDown);
    try (TaskGroup group = new TaskGroup()) {
      group.spawn(() -> {
        begun.countDown();
        boolean waiting = true;
        while (waiting) {
          try {
            release.await();
            waiting = false;
          } catch (InterruptedException e) {
            releaser.start();
          }
        }
        return ended.incrementAndGet();
      });
      begun.await();
    }
    assertEquals(1, ended.get());
    releaser.join();
  }

  @Test
  void anInterruptOfWhoJoinsCancelsTheTasks() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger outcome = new AtomicInteger();
    Thread owner =
        Thread.ofVirtual()
            .start(() -> {
              try (TaskGroup group = new TaskGroup()) {
                group.spawn(() -> {
                  begun.countDown();
                  return waitForever(interrupted);
                });
                group.join();
              } catch (InterruptedException e) {
                outcome.set(1);
              } catch (ExecutionException | TimeoutException e) {
                outcome.set(2);
              }
            });
    begun.await();
    owner.interrupt();
    owner.join();
    assertEquals(0, interrupted.getCount());
    assertEquals(1, outcome.get());
  }

  @Test
  void theDeadlineOfWhoSpawnsIsThatOfTheTaskAndCutsJoin() {
    CountDownLatch interrupted = new CountDownLatch(1);
    Deadline.callWithin(
        Duration.ofMillis(20),
        () -> {
          try (TaskGroup group = new TaskGroup()) {
            Future<Deadline> theirs = group.spawn(Deadline::current);
            group.spawn(() -> waitForever(interrupted));
            assertThrows(TimeoutException.class, group::join);
            group.close();
            assertSame(Deadline.current(), theirs.resultNow());
          }
          return null;
        });
  }

  @Test
  void aDeadlineThatIsLiftedMeanwhileDoesNotCutJoin() throws Exception {
    Deadline deadline = Deadline.after(Duration.ofMillis(50));
    Future<Integer> late =
        deadline.call(() -> {
          try (TaskGroup group = new TaskGroup()) {
            Future<Integer> task =
                group.spawn(() -> {
                  deadline.lift();
                  Thread.sleep(200);
                  return 7;
                });
            group.join();
            return task;
          }
        });
    assertEquals(7, late.resultNow());
  }

  @Test
  void aTaskThatSeesTheDeadlineFirstMakesNoOtherOutcome() {
    for (int round = 0; round < 50; round++) {
      Channel<String> empty = new Channel<>(1);
      Deadline soon = Deadline.after(Duration.ofNanos(50_000));
      assertThrows(
          TimeoutException.class,
          () ->
              soon.call(() -> {
                try (TaskGroup group = new TaskGroup()) {
                  group.spawn(empty::receive);
                  group.join();
                }
                return null;
              }));
    }
    assertThrows(
        ExecutionException.class,
        () -> {
          try (TaskGroup group = new TaskGroup()) {
            group.spawn(() -> Deadline.after(Duration.ZERO).call(empty()::receive));
            group.join();
          }
        });
  }

  private static Channel<String> empty() {
    return new Channel<>(1);
  }

  @Test
  void aTaskThatWouldWaitForItselfIsRefused() throws Exception {
    try (TaskGroup group = new TaskGroup()) {
      Future<?> joining = group.spawn(() -> assertThrows(IllegalStateException.class, group::join));
      Future<?> closing =
          group.spawn(() -> assertThrows(IllegalStateException.class, group::close));
      group.join();
      assertEquals(Future.State.SUCCESS, joining.state());
      assertEquals(Future.State.SUCCESS, closing.state());
    }
  }

  @Test
  void whatIsSpawnedAfterCancellingNeverRuns() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    TaskGroup group = new TaskGroup();
    group.cancel();
    assertTrue(group.spawn(ran::incrementAndGet).isCancelled());
    group.join();
    group.close();
    assertEquals(0, ran.get());
    assertThrows(IllegalStateException.class, () -> group.spawn(ran::incrementAndGet));
  }

  @Test
  void oneTaskCancelledByHandIsNoFailureOfTheGroup() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (TaskGroup group = new TaskGroup()) {
      Future<Integer> other = group.spawn(() -> 7);
      Future<Integer> cancelled =
          group.spawn(() -> {
            begun.countDown();
            return waitForever(new CountDownLatch(1));
          });
      begun.await();
      cancelled.cancel(true);
      group.join();
      assertEquals(7, other.resultNow());
    }
  }

  @Test
  void howeverTasksFailSpawnAndEndNoneIsLeftAndTheCountIsRight() throws Exception {
    for (int round = 0; round < 300; round++) {
      Random random = Seeds.round(round);
      AtomicInteger inside = new AtomicInteger();
      int tasks = 1 + random.nextInt(40);
      int failing = random.nextInt(2 * tasks);
      boolean joins = random.nextBoolean();
      String where = "seed " + Seeds.seed() + ", round " + round;
      boolean failed = false;
      TaskGroup group = new TaskGroup();
      try (group) {
        for (int i = 0; i < tasks; i++) {
          boolean fails = i == failing;
          boolean nests = random.nextInt(4) == 0;
          group.spawn(() -> {
            inside.incrementAndGet();
            try {
              if (nests) {
                group.spawn(inside::get);
              }
              if (fails) {
                throw new Exception(where);
              }
              Thread.sleep(0, 1 + tasks * 100);
              return null;
            } finally {
              inside.decrementAndGet();
            }
          });
        }
        if (joins) {
          group.join();
        }
      } catch (ExecutionException e) {
        failed = true;
        assertEquals(where, e.getCause().getMessage());
      }
      assertEquals(0, inside.get(), where);
      if (joins) {
        assertEquals(failing < tasks, failed, where);
      }
    }
  }

  @Test
  void tenThousandTasksThatAllWaitEndTogether() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (TaskGroup group = new TaskGroup()) {
      for (int i = 0; i < 10_000; i++) {
        group.spawn(() -> {
          release.await();
          return null;
        });
      }
      release.countDown();
      group.join();
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private static Integer waitForever(CountDownLatch interrupted) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
      return 0;
    } finally {
      interrupted.countDown();
    }
  }
}
