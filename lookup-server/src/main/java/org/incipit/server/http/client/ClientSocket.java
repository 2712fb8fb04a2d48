package org.incipit.server.http.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.WebSocket;
import org.incipit.server.task.Deadline;
import org.incipit.server.task.Interruption;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's WebSocket in straight-line code. Each {@code receive} asks for one message, so that a
 * peer that sends more than is received is slowed down. Waits end with the current deadline. Of the
 * codes to close with, the JDK takes 1000, 1001, 1008, 1011 and those from 3000.
 */
final class ClientSocket implements WebSocket {
  private static final int NO_CODE = 1005;
  private static final int BROKEN = 1006;

  /** In place of 1009, which the JDK does not let a client send. */
  private static final int TOO_BIG = 1008;

  private static final int GOODBYE_SECONDS = 5;

  private final String name;
  private final Inbox inbox;
  private final java.net.http.WebSocket socket;
  private final ReentrantLock sending = new ReentrantLock();
  private volatile boolean closing;

  private ClientSocket(String name, Inbox inbox, java.net.http.WebSocket socket) {
    this.name = name;
    this.inbox = inbox;
    this.socket = socket;
  }

  static ClientSocket connect(HttpClient client, URI uri, Deadline deadline, ClientLimits limits)
      throws IOException {
    String name = "WebSocket " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    Inbox inbox = new Inbox(limits.maxAnswerBytes());
    CompletableFuture<java.net.http.WebSocket> socket =
        client.newWebSocketBuilder().connectTimeout(limits.connectTimeout()).buildAsync(uri, inbox);
    return new ClientSocket(name, inbox, await(name, socket, deadline));
  }

  /** What came: a message, or why no more will. */
  private sealed interface Event {
    record Came(Message message) implements Event {}

    record Closed() implements Event {}

    record Failed(Throwable cause) implements Event {}
  }

  /** Puts fragments together. Called by the client, one call at a time. */
  private static final class Inbox implements java.net.http.WebSocket.Listener {
    private final long limit;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile int closeCode;
    private volatile boolean ignoring;

    Inbox(long limit) {
      this.limit = limit;
    }

    @Override
    public void onOpen(java.net.http.WebSocket opened) {
      // asks for nothing before somebody receives
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        java.net.http.WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last || text.length() > limit) {
        Message message = new Message.Text(text.toString());
        boolean fits = text.length() <= limit;
        text.setLength(0);
        put(from, message, fits);
      } else {
        from.request(1);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(
        java.net.http.WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (last || bytes.size() > limit) {
        Message message = new Message.Binary(bytes.toByteArray());
        boolean fits = bytes.size() <= limit;
        bytes.reset();
        put(from, message, fits);
      } else {
        from.request(1);
      }
      return null;
    }

    private void put(java.net.http.WebSocket from, Message message, boolean fits) {
      if (ignoring) {
        from.request(1);
      } else if (fits) {
        events.add(new Event.Came(message));
      } else {
        events.add(new Event.Failed(new BodyLimitException("message", limit)));
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        java.net.http.WebSocket from, int code, String reason) {
      closeCode = code == 0 ? NO_CODE : code;
      boolean broken = code == BROKEN;
      events.add(broken ? new Event.Failed(new EOFException("no goodbye")) : new Event.Closed());
      return null;
    }

    @Override
    public void onError(java.net.http.WebSocket from, Throwable error) {
      events.add(new Event.Failed(error));
    }
  }

  @Override
  public @Nullable Message receive() throws IOException {
    socket.request(1);
    Event event;
    try {
      long nanos = Deadline.current().remainingNanos();
      event = inbox.events.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw Interruption.of(name, e);
    }
    return switch (event) {
      case null -> throw new NoAnswerException(name, "no message came in time", null);
      case Event.Came(Message message) -> message;
      case Event.Closed closed -> {
        inbox.events.add(closed);
        yield null;
      }
      case Event.Failed(Throwable cause) -> {
        inbox.events.add(event);
        if (cause instanceof BodyLimitException limit) {
          close(TOO_BIG, "message too big");
          throw limit;
        }
        throw new NoAnswerException(name, "the connection broke: " + cause.getMessage(), cause);
      }
    };
  }

  @Override
  public void send(String text) throws IOException {
    send(() -> socket.sendText(text, true));
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    send(() -> socket.sendBinary(ByteBuffer.wrap(bytes), true));
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    send(() -> socket.sendPing(ByteBuffer.wrap(payload)));
  }

  @Override
  public void close(int code, String reason) throws IOException {
    if (closing) {
      return;
    }
    if (inbox.closeCode == 0) {
      send(() -> socket.sendClose(code, reason));
    }
    closing = true;
    inbox.ignoring = true;
    CompletableFuture.delayedExecutor(GOODBYE_SECONDS, TimeUnit.SECONDS).execute(socket::abort);
    socket.request(1);
  }

  @Override
  public void close() throws IOException {
    close(java.net.http.WebSocket.NORMAL_CLOSURE, "");
  }

  @Override
  public int closeCode() {
    return inbox.closeCode;
  }

  /** Starts sending something; the JDK's socket takes one thing at a time. */
  @FunctionalInterface
  private interface Sending {
    CompletableFuture<java.net.http.WebSocket> start();
  }

  private void send(Sending what) throws IOException {
    sending.lock();
    try {
      await(name, what.start(), Deadline.current());
    } finally {
      sending.unlock();
    }
  }

  private static java.net.http.WebSocket await(
      String name, CompletableFuture<java.net.http.WebSocket> done, Deadline deadline)
      throws IOException {
    try {
      return done.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      var _ = done.thenAccept(java.net.http.WebSocket::abort);
      throw new NoAnswerException(name, "there is no time left", e);
    } catch (InterruptedException e) {
      var _ = done.thenAccept(java.net.http.WebSocket::abort);
      throw Interruption.of(name, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new RefusedException(name, refused.getResponse().statusCode(), "");
      }
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw new NoAnswerException(name, String.valueOf(e.getCause()), e.getCause());
    }
  }
}
