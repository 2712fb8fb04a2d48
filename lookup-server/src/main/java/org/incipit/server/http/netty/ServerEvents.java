package org.incipit.server.http.netty;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.incipit.server.http.EventStream;
import org.jspecify.annotations.Nullable;

/** Events written to an answer that has no end. Any thread; an event goes out in one piece. */
final class ServerEvents implements EventStream {
  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;
  private long sentAt = System.nanoTime();
  private @Nullable Thread keeper;

  /**
   * Events for one client.
   *
   * @param closed whether there can be none, as the answer has no body
   */
  ServerEvents(OutputStream out, boolean closed) {
    this.out = out;
    this.closed = closed;
  }

  /** From now on sends a comment whenever nothing was sent for so long, until it is closed. */
  void keepAlive(Duration pause) {
    lock.lock();
    try {
      if (!closed) {
        keeper = Thread.ofVirtual().name("events").start(() -> keepAlive(pause.toNanos()));
      }
    } finally {
      lock.unlock();
    }
  }

  private void keepAlive(long pause) {
    try {
      long left = pause;
      while (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
        left = beat(pause);
      }
    } catch (InterruptedException | IOException e) {
      // It is closed, or the client has gone, which who sends events is told at the next.
      return;
    }
  }

  /** Sends a comment if it is time; how long it is until the next, 0 for never. */
  private long beat(long pause) throws IOException {
    lock.lock();
    try {
      long left = pause - (System.nanoTime() - sentAt);
      if (closed || left > 0) {
        return closed ? 0 : left;
      }
      comment("");
      return pause;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void send(String data) throws IOException {
    send("", "", data);
  }

  @Override
  public void send(String type, String id, String data) throws IOException {
    StringBuilder event = new StringBuilder(data.length() + 16);
    field(event, "event", type);
    field(event, "id", id);
    lines(event, "data: ", data);
    write(event);
  }

  @Override
  public void comment(String text) throws IOException {
    StringBuilder event = new StringBuilder(text.length() + 8);
    lines(event, ": ", text);
    write(event);
  }

  @Override
  public void retry(Duration pause) throws IOException {
    if (pause.isNegative()) {
      throw new IllegalArgumentException("pause must not be negative (got " + pause + ")");
    }
    write(new StringBuilder("retry: ").append(pause.toMillis()).append('\n'));
  }

  private static void field(StringBuilder event, String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      // A client ignores an id with NUL in it.
      if (c == '\n' || c == '\r' || c == 0) {
        throw new IllegalArgumentException(
            "%s must not hold the character U+%04X".formatted(name, (int) c));
      }
    }
    if (!value.isEmpty()) {
      event.append(name).append(": ").append(value).append('\n');
    }
  }

  /** Each line of a text as a field; they end with CR LF, LF or CR, as the reader sees them. */
  private static void lines(StringBuilder event, String prefix, String text) {
    event.append(prefix);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        continue;
      }
      if (c == '\r' || c == '\n') {
        event.append('\n').append(prefix);
      } else {
        event.append(c);
      }
    }
    event.append('\n');
  }

  private void write(StringBuilder event) throws IOException {
    byte[] bytes = event.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (closed) {
        throw new ConnectionException("the stream of events is closed");
      }
      out.write(bytes);
      out.flush();
      sentAt = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (keeper != null) {
        keeper.interrupt();
      }
      out.close();
    } finally {
      lock.unlock();
    }
  }
}
