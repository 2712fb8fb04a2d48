package org.incipit.server.lookup;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
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
import java.util.Optional;
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

  private static Turns patient(int most) {
    return new Turns(most, Duration.ofMinutes(1));
  }

  private static Turns impatient(int most) {
    return new Turns(most, Duration.ZERO);
  }

  /** Chunks of one fingerprint each, counted from when they are read. */
  private FingerprintChunks chunks(int count) {
    return chunks(0, count);
  }

  /** The same of which the first are in memory before. */
  private FingerprintChunks chunks(int hot, int count) {
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
      public Optional<Map<Long, StoredFingerprint>> nextInMemory() {
        return chunks.sizes().size() < hot ? Optional.of(chunks.next()) : Optional.empty();
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
    Turns turns = patient(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        done.add(
            threads.submit(() -> {
              AtomicInteger seen = new AtomicInteger();
              turns.forEach(
                  chunks(50),
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
    Turns turns = impatient(1);
    turns.forEach(
        chunks(1),
        chunk ->
            assertThrows(IndexBusyException.class, () -> turns.forEach(chunks(1), other -> {})));
    assertEquals(1, inMemory.get());
    List<Long> seen = new ArrayList<>();
    turns.forEach(chunks(3), chunk -> seen.addAll(chunk.keySet()));
    assertEquals(List.of(1L, 2L, 3L), seen, "a free turn is not waited for");
  }

  @Test
  void whatIsInMemoryAnywayIsUsedWithoutATurn() throws IOException {
    Turns turns = impatient(1);
    List<Long> seen = new ArrayList<>();
    turns.forEach(
        chunks(1),
        chunk -> {
          assertDoesNotThrow(() -> turns.forEach(chunks(3, 3), hot -> seen.addAll(hot.keySet())));
          FingerprintChunks mixed = chunks(2, 3);
          assertThrows(
              IndexBusyException.class,
              () -> turns.forEach(mixed, hot -> seen.addAll(hot.keySet())));
        });
    assertEquals(List.of(1L, 2L, 3L, 1L, 2L), seen);
    assertEquals(1, inMemory.get(), "read");
  }

  @Test
  void aFailureGivesTheTurnBack() throws IOException {
    Turns turns = impatient(1);
    assertThrows(
        IllegalStateException.class,
        () ->
            turns.forEach(
                chunks(2),
                chunk -> {
                  throw new IllegalStateException("broken");
                }));
    turns.forEach(chunks(1), chunk -> inMemory.set(100));
    assertEquals(100, inMemory.get());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Turns turns = patient(1);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch waited = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> holder =
          threads.submit(() -> {
            turns.forEach(
                chunks(1),
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
              turns.forEach(chunks(1), chunk -> {});
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
