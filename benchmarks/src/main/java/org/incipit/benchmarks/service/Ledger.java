package org.incipit.benchmarks.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.incipit.fingerprint.Fingerprint;

/**
 * Submissions that can be told apart afterwards, each by a foreign id of its own, and which of them
 * were acknowledged. Every third is another encoding of an earlier one. Any number of threads.
 */
final class Ledger {
  /** How the foreign ids begin, which end with a number. */
  static final String VENDOR = "driver:";

  private static final int MOST = 3;

  private final Recordings recordings = new Recordings();
  private final AtomicLong next = new AtomicLong(1);
  private final Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
  private final List<Order> sent = new ArrayList<>();

  /** A request with the entries from {@code first} to {@code end}, exclusive. */
  record Order(long first, long end, String form) {}

  /** The next request, of one to three entries. */
  Order order(SplittableRandom random) {
    int count = 1 + random.nextInt(MOST);
    long first = next.getAndAdd(count);
    StringBuilder form = new StringBuilder(AcoustId.submission());
    for (int i = 0; i < count; i++) {
      long number = first + i;
      form.append(AcoustId.entry(i, fingerprint(number), duration(number)));
      form.append("&foreignid.").append(i).append('=').append(VENDOR).append(number);
    }
    Order order = new Order(first, first + count, form.toString());
    synchronized (sent) {
      sent.add(order);
    }
    return order;
  }

  /** Whose fingerprint a submission is: its own, or that of an earlier one. */
  private static long original(long number) {
    return number % 3 == 0 ? 1 + number / 5 : number;
  }

  Fingerprint fingerprint(long number) {
    long original = original(number);
    return original == number ? recordings.of(number) : recordings.heard(original, number);
  }

  static int duration(long number) {
    return Recordings.duration(original(number));
  }

  /**
   * Sends an order.
   *
   * @return whether it was acknowledged; if not, the service is unavailable (503), or does not know
   *     whether it is stored (500)
   * @throws IOException if the server has gone
   */
  boolean submit(AcoustId client, SplittableRandom random)
      throws IOException, InterruptedException {
    Order order = order(random);
    AcoustId.Answer answer = client.post(AcoustId.SUBMIT, order.form());
    if (answer.status() == 503 || answer.status() == 500) {
      return false;
    }
    List<Long> ids = AcoustId.ids(answer);
    if (ids.size() != order.end() - order.first()) {
      throw new IllegalStateException("answered " + answer);
    }
    for (int i = 0; i < ids.size(); i++) {
      acknowledged.put(order.first() + i, ids.get(i));
    }
    return true;
  }

  /** Ids of acknowledged ones, by their numbers. */
  Map<Long, Long> acknowledged() {
    return new HashMap<>(acknowledged);
  }

  /** All requests that were sent. */
  List<Order> sent() {
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }
}
