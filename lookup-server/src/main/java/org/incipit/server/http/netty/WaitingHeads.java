package org.incipit.server.http.netty;

import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayDeque;
import org.incipit.server.http.HttpLimits;

/** Requests of a connection that wait for the one before them, in their order. On its loop. */
final class WaitingHeads {
  private final ArrayDeque<HttpRequest> heads = new ArrayDeque<>(0);

  /** Of all that came since there were none. */
  private long bytes;

  /**
   * Adds one.
   *
   * @param length of its head, in bytes
   */
  void add(HttpRequest head, int length) {
    heads.add(head);
    bytes += length;
  }

  HttpRequest remove() {
    HttpRequest head = heads.remove();
    if (heads.isEmpty()) {
      bytes = 0;
    }
    return head;
  }

  void clear() {
    heads.clear();
    bytes = 0;
  }

  boolean isEmpty() {
    return heads.isEmpty();
  }

  /** Whether no more should come: they are many, or as long together as one may be. */
  boolean isFull(HttpLimits limits) {
    return heads.size() >= limits.maxPipelined() || bytes >= limits.maxHeadBytes();
  }
}
