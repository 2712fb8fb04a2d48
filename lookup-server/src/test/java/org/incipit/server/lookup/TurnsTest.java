package org.incipit.server.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.incipit.server.catalog.FingerprintChunks;
import org.incipit.server.catalog.StoredFingerprint;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final AtomicInteger inMemory = new AtomicInteger();
  private final AtomicInteger mostInMemory = new AtomicInteger();

  private static long later() {
    return System.nanoTime() + Duration.ofMinutes(1).toNanos();
  }

  /** Chunks of one fingerprint each, counted from when they are read. */
  private FingerprintChunks chunks(int count) {
    List<StoredFingerprint> all =
        LongStream.rangeClosed(1, count)
            .mapToObj(id -> new StoredFingerprint(id, id, new UUID(0, id), 60, Tunes.of(1, 2)))
            .toList();
    MadeUpChunks chunks = new MadeUpChunks(all, 1);
    return new FingerprintChunks() {
      @Override
      public boolean hasNext() {
        return chunks.hasNext();
      }

      @Override
      public Map<Long, StoredFingerprint> next() {
        int now = inMemory.incrementAndGet();
        mostInMemory.accumulateAndGet(now, Math::max);
        return chunks.next();
      }
    };
  }

  @Test
  void soManyChunksAreInMemoryAndAllComeToTheirEnd() throws Exception {
    Turns turns = new Turns(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        done.add(
            threads.submit(() -> {
              AtomicInteger seen = new AtomicInteger();
              turns.forEach(
                  chunks(50),
                  later(),
                  chunk -> {
                    seen.addAndGet(chunk.size());
                    Thread.yield();
                    inMemory.decrementAndGet();
                  });
              return seen.get();
            }));
      }
      for (Future<Integer> each : done) {
        assertEquals(50, each.get());
      }
    }
    assertTrue(mostInMemory.get() <= 2, "in memory: " + mostInMemory);
  }

  @Test
  void whoHasNoTurnInTimeIsRefusedAndReadsNothing() throws IOException {
    Turns turns = new Turns(1);
    turns.forEach(
        chunks(1),
        later(),
        chunk ->
            assertThrows(
                IndexBusyException.class,
                () -> turns.forEach(chunks(1), System.nanoTime(), other -> {})));
    assertEquals(1, inMemory.get());
    List<Long> seen = new ArrayList<>();
    turns.forEach(chunks(3), System.nanoTime(), chunk -> seen.addAll(chunk.keySet()));
    assertEquals(List.of(1L, 2L, 3L), seen, "with a free turn the deadline does not matter");
  }

  @Test
  void aFailureGivesTheTurnBack() throws IOException {
    Turns turns = new Turns(1);
    assertThrows(
        IllegalStateException.class,
        () ->
            turns.forEach(
                chunks(2),
                later(),
                chunk -> {
                  throw new IllegalStateException("broken");
                }));
    turns.forEach(chunks(1), System.nanoTime(), chunk -> inMemory.set(100));
    assertEquals(100, inMemory.get());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Turns turns = new Turns(1);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch waited = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> holder =
          threads.submit(() -> {
            turns.forEach(
                chunks(1),
                later(),
                chunk -> {
                  taken.countDown();
                  awaitQuietly(waited);
                });
            return null;
          });
      taken.await();
      Future<Boolean> waiter =
          threads.submit(() -> {
            Thread.currentThread().interrupt();
            try {
              turns.forEach(chunks(1), later(), chunk -> {});
            } finally {
              waited.countDown();
            }
            return false;
          });
      ExecutionException failure = assertThrows(ExecutionException.class, waiter::get);
      assertInstanceOf(InterruptedIOException.class, failure.getCause());
      holder.get();
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
