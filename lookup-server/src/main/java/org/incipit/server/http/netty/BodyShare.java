package org.incipit.server.http.netty;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.incipit.server.http.HttpError;

/**
 * What the body of one request holds of the memory for all of them. Given back when nobody holds it
 * any more: the connection does until the answer is given, whoever runs the handler until that
 * returns. Any thread.
 */
final class BodyShare {
  private static final int FIRST_ROOM = 8 << 10;
  private static final int MOST_ROOM = Integer.MAX_VALUE - 8;
  private static final Map<String, String> SOON = Map.of("Retry-After", "1");

  private final BodyMemory memory;
  private long taken;
  private boolean handled;
  private boolean answered;

  /** Nothing yet, held by the connection. */
  BodyShare(BodyMemory memory) {
    this.memory = memory;
  }

  /** The answer to a request whose body finds no room. */
  static HttpError noRoom() {
    return new HttpError(503, "the bodies of other requests take all memory", SOON);
  }

  /** Takes so much more, if it is left. */
  synchronized boolean take(long bytes) {
    if ((answered && !handled) || !memory.take(bytes)) {
      return false;
    }
    taken += bytes;
    return true;
  }

  /** Bytes that are left for all. */
  long free() {
    return memory.free();
  }

  /** Gives back what was taken. */
  synchronized void empty() {
    memory.give(taken);
    taken = 0;
  }

  /** A handler has it, or is about to. */
  synchronized void hold() {
    handled = true;
  }

  /** No handler has it any more. */
  synchronized void letGo() {
    handled = false;
    if (answered) {
      empty();
    }
  }

  /** Its connection has no use for it. */
  synchronized void answered() {
    answered = true;
    if (!handled) {
      empty();
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @throws HttpError 503 if there is no room for it
   */
  byte[] gather(InputStream in) throws IOException, HttpError {
    byte[] room = new byte[0];
    int length = 0;
    for (int n = 0; n >= 0; length += Math.max(n, 0)) {
      if (length == room.length) {
        int more = Math.min(Math.max(length, FIRST_ROOM), MOST_ROOM - length);
        if (more == 0 || !take(more)) {
          throw noRoom();
        }
        room = Arrays.copyOf(room, length + more);
      }
      n = in.read(room, length, room.length - length);
    }
    return length == room.length ? room : Arrays.copyOf(room, length);
  }
}
