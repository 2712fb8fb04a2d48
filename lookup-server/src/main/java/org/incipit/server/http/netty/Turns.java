package org.incipit.server.http.netty;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.RunsOn;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection that have no answer yet, in their order: the one whose turn it is,
 * those chained to it, which its thread answers next, and those that wait. On the loop.
 */
final class Turns {
  private final ArrayDeque<Exchange> chained = new ArrayDeque<>(0);
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>(0);
  private @Nullable Exchange current;
  private @Nullable Malformed last;

  /** Of all heads that came since none was behind another. */
  private long bytes;

  /** Whether the one whose turn it is was chained to another. */
  private boolean ledTo;

  /** Whether the newest must be dealt with before what follows can be understood. */
  private boolean newestComesFirst;

  /** The one whose turn it is. */
  @Nullable Exchange current() {
    return current;
  }

  /** What came after all others, and is answered after them. */
  @Nullable Malformed last() {
    return last;
  }

  void setLast(Malformed malformed) {
    last = malformed;
  }

  /** Whether it is nobody's turn, and nobody waits. */
  boolean isEmpty() {
    return current == null && waiting.isEmpty();
  }

  /** Whether nothing more can be understood for now. */
  boolean isFull() {
    return newestComesFirst || last != null;
  }

  /**
   * Whether another can be taken: not if many are behind the one whose turn it is, or their heads
   * are together as long as one may be.
   */
  boolean hasRoom(HttpLimits limits) {
    boolean mayUpgrade = current != null && current.mayUpgrade();
    int behind = chained.size() + waiting.size();
    return !isFull()
        && !mayUpgrade
        && behind < limits.maxPipelined()
        && (behind == 0 || bytes < limits.maxHeadBytes());
  }

  /** Whether its answer is wanted, and not given. */
  boolean isOpen(Exchange exchange) {
    return exchange == current || exchange == waiting.peekLast();
  }

  void begin(Exchange exchange) {
    current = exchange;
    ledTo = false;
  }

  /**
   * Puts it behind all others.
   *
   * @param headBytes length of its head
   */
  void add(Exchange exchange, int headBytes) {
    bytes = chained.isEmpty() && waiting.isEmpty() ? headBytes : bytes + headBytes;
    waiting.add(exchange);
    newestComesFirst = !exchange.isSelfContained();
  }

  /** It is answered, or never will be; gives the one that is chained to it. */
  @Nullable Exchange end() {
    current = chained.poll();
    ledTo = current != null;
    return current;
  }

  /** The next that waits, if it is nobody's turn. */
  @Nullable Exchange poll() {
    Exchange next = current == null ? waiting.poll() : null;
    newestComesFirst &= !waiting.isEmpty();
    return next;
  }

  /** The one whose turn it is, and chained to it those that wait and can run on its thread. */
  Queue<Exchange> chain(Exchange first) {
    Queue<Exchange> all = new ArrayDeque<>(0);
    all.add(first);
    if (first.mayUpgrade()) {
      return all;
    }
    Iterator<Exchange> others = waiting.iterator();
    while (others.hasNext()) {
      Exchange next = others.next();
      if (next.runsOn() != RunsOn.VIRTUAL || !next.isSelfContained()) {
        break;
      }
      others.remove();
      chained.add(next);
      all.add(next);
    }
    newestComesFirst &= !waiting.isEmpty();
    return all;
  }

  /** The one whose turn it is, if the thread of the one before it comes to it. */
  @Nullable Exchange ledTo() {
    return ledTo ? current : null;
  }

  /** Has those wait that are chained. */
  void unchain() {
    while (!chained.isEmpty()) {
      waiting.addFirst(chained.removeLast());
    }
  }

  /** None is answered any more; handlers that run learn the reason, and bodies give back memory. */
  void clear(String reason) {
    Exchange open = current;
    current = null;
    newestComesFirst = false;
    if (open != null) {
      open.cut(reason, 0);
    }
    chained.forEach(exchange -> exchange.cut(reason, 0));
    chained.clear();
    waiting.forEach(exchange -> exchange.cut(reason, 0));
    waiting.clear();
  }
}
