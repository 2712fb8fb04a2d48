package org.incipit.server.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ChannelTest {
  @Test
  void valuesComeOutInTheOrderInWhichTheyWentIn() throws Exception {
    Channel<Integer> channel = new Channel<>(3);
    for (int i = 0; i < 10; i++) {
      assertTrue(channel.send(2 * i));
      assertTrue(channel.send(2 * i + 1));
      assertEquals(2 * i, channel.receive());
      assertEquals(2 * i + 1, channel.tryReceive());
      assertNull(channel.tryReceive());
    }
  }

  @Test
  void noMoreGoesInThanItsCapacity() throws Exception {
    Channel<Integer> channel = new Channel<>(2);
    assertTrue(channel.trySend(1));
    assertTrue(channel.trySend(2));
    assertFalse(channel.trySend(3));
    assertEquals(1, channel.receive());
    assertTrue(channel.trySend(3));
    assertThrows(IllegalArgumentException.class, () -> new Channel<String>(0));
  }

  @Test
  void afterClosingWhatIsInItIsStillReceivedAndNothingGoesIn() throws Exception {
    Channel<String> channel = new Channel<>(2);
    channel.send("a");
    channel.close();
    channel.close();
    assertFalse(channel.send("b"));
    assertFalse(channel.trySend("b"));
    assertEquals("a", channel.receive());
    assertNull(channel.receive());
    assertNull(channel.tryReceive());
  }

  @Test
  void closingWakesAllWhoWait() throws Exception {
    Channel<String> empty = new Channel<>(1);
    Channel<String> full = new Channel<>(1);
    full.send("x");
    List<Future<?>> waiting = new ArrayList<>();
    try (TaskGroup group = new TaskGroup()) {
      for (int i = 0; i < 20; i++) {
        waiting.add(group.spawn(empty::receive));
        waiting.add(group.spawn(() -> full.send("y")));
      }
      empty.close();
      full.close();
      group.join();
    }
    for (int i = 0; i < waiting.size(); i += 2) {
      assertNull(waiting.get(i).resultNow());
      assertEquals(false, waiting.get(i + 1).resultNow());
    }
    assertEquals("x", full.receive());
    assertNull(full.receive());
  }

  @Test
  void theDeadlineCutsBothKindsOfWaitingAndLosesNothing() throws Exception {
    Channel<String> channel = new Channel<>(1);
    Deadline soon = Deadline.after(Duration.ofMillis(5));
    assertThrows(TimeoutException.class, () -> soon.call(channel::receive));
    channel.send("a");
    assertThrows(TimeoutException.class, () -> soon.call(() -> channel.send("b")));
    assertEquals("a", soon.call(channel::receive));
    assertNull(channel.tryReceive());
  }

  @Test
  void anInterruptCutsWaitingAndLosesNothing() throws Exception {
    Channel<String> channel = new Channel<>(1);
    try (TaskGroup group = new TaskGroup()) {
      Future<String> receiver = group.spawn(channel::receive);
      receiver.cancel(true);
    }
    channel.send("a");
    assertEquals("a", channel.receive());
  }

  @Test
  void ofManySendersAndReceiversEachValueReachesExactlyOneInItsSendersOrder() throws Exception {
    for (int round = 0; round < 150; round++) {
      Random random = Seeds.round(round);
      String where = "seed " + Seeds.seed() + ", round " + round;
      int senders = 1 + random.nextInt(5);
      int receivers = 1 + random.nextInt(5);
      int each = random.nextInt(200);
      Channel<Integer> channel = new Channel<>(1 + random.nextInt(8));
      List<Future<List<Integer>>> received = run(channel, senders, receivers, each);
      Set<Integer> all = new HashSet<>();
      for (Future<List<Integer>> future : received) {
        int[] last = new int[senders];
        for (int value : future.resultNow()) {
          assertTrue(all.add(value), where);
          int sender = value % senders;
          assertTrue(value / senders >= last[sender], where);
          last[sender] = value / senders;
        }
      }
      assertEquals(senders * each, all.size(), where);
    }
  }

  @Test
  void whoGivesUpTakesNoValueWithIt() throws Exception {
    for (int round = 0; round < 150; round++) {
      Random random = Seeds.round(round);
      String where = "seed " + Seeds.seed() + ", round " + round;
      Channel<Integer> channel = new Channel<>(1 + random.nextInt(3));
      int values = 200;
      try (TaskGroup group = new TaskGroup()) {
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          Random own = new Random(random.nextLong());
          counts.add(group.spawn(() -> receiveImpatiently(channel, own)));
        }
        Random own = new Random(random.nextLong());
        group.spawn(() -> sendImpatiently(channel, own, values));
        group.join();
        int sum = 0;
        for (Future<Integer> count : counts) {
          sum += count.resultNow();
        }
        assertEquals(values, sum, where);
      }
    }
  }

  private static List<Future<List<Integer>>> run(
      Channel<Integer> channel, int senders, int receivers, int each)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<List<Integer>>> received = new ArrayList<>();
    try (TaskGroup receiving = new TaskGroup()) {
      for (int i = 0; i < receivers; i++) {
        received.add(
            receiving.spawn(() -> {
              List<Integer> values = new ArrayList<>();
              for (Integer value = channel.receive(); value != null; value = channel.receive()) {
                values.add(value);
              }
              return values;
            }));
      }
      try (TaskGroup sending = new TaskGroup()) {
        for (int i = 0; i < senders; i++) {
          int sender = i;
          sending.spawn(() -> {
            for (int n = 0; n < each; n++) {
              assertTrue(channel.send(n * senders + sender));
            }
            return null;
          });
        }
        sending.join();
      }
      channel.close();
      receiving.join();
    }
    return received;
  }

  private static int receiveImpatiently(Channel<Integer> channel, Random random) throws Exception {
    int count = 0;
    while (true) {
      try {
        Integer value =
            Deadline.callWithin(Duration.ofNanos(random.nextInt(200_000)), channel::receive);
        if (value == null) {
          return count;
        }
        count++;
      } catch (TimeoutException e) {
        Thread.yield();
      }
    }
  }

  private static Void sendImpatiently(Channel<Integer> channel, Random random, int values)
      throws Exception {
    int sent = 0;
    while (sent < values) {
      int value = sent;
      try {
        Deadline.callWithin(Duration.ofNanos(random.nextInt(200_000)), () -> channel.send(value));
        sent++;
      } catch (TimeoutException e) {
        Thread.yield();
      }
    }
    channel.close();
    return null;
  }
}
