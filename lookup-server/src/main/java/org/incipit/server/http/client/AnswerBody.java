package org.incipit.server.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.incipit.server.task.Deadline;
import org.incipit.server.task.Interruption;
import org.jspecify.annotations.Nullable;

/**
 * A body as a stream whose reader waits until a deadline at most, which the JDK's would not. The
 * next piece is asked for when one has been read.
 */
final class AnswerBody extends InputStream implements BodySubscriber<AnswerBody> {
  private static final Piece END = new Piece(List.of(), true);

  private final String call;
  private final Deadline deadline;
  private final Duration longestWait;
  private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;
  private List<ByteBuffer> piece = List.of();
  private int next;
  private boolean ended;

  /** What came at a time, or that there is no more. */
  private record Piece(List<ByteBuffer> buffers, boolean last) {}

  AnswerBody(String call, Deadline deadline, Duration longestWait) {
    this.call = call;
    this.deadline = deadline;
    this.longestWait = longestWait;
  }

  @Override
  public CompletionStage<AnswerBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    if (closed) {
      to.cancel();
    } else {
      to.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    arrived.add(new Piece(item, false));
  }

  @Override
  public void onError(Throwable throwable) {
    failure = throwable;
    arrived.add(END);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    if (length == 0) {
      return 0;
    }
    while (next == piece.size() || !piece.get(next).hasRemaining()) {
      if (next < piece.size()) {
        next++;
      } else if (!take()) {
        return -1;
      }
    }
    ByteBuffer bytes = piece.get(next);
    int count = Math.min(length, bytes.remaining());
    bytes.get(to, from, count);
    return count;
  }

  /** Waits for the next piece. */
  private boolean take() throws IOException {
    if (ended) {
      return atEnd();
    }
    Piece taken = deadline.hasPassed() ? null : arrived.poll();
    if (taken == null) {
      taken = await();
    }
    ended = taken.last();
    if (ended) {
      return atEnd();
    }
    Flow.Subscription from = subscription;
    if (from != null) {
      from.request(1);
    }
    piece = taken.buffers();
    next = 0;
    return true;
  }

  /** What has failed goes on failing: it must never look like the end. */
  private boolean atEnd() throws IOException {
    Throwable broken = failure;
    if (broken != null) {
      throw new NoAnswerException(call, "the answer broke off: " + broken.getMessage(), broken);
    } else if (closed) {
      throw new IOException(call + ": the answer is closed");
    }
    return false;
  }

  private Piece await() throws IOException {
    long nanos = Math.min(deadline.remainingNanos(), longestWait.toNanos());
    try {
      Piece taken = nanos == 0 ? null : arrived.poll(nanos, TimeUnit.NANOSECONDS);
      if (taken == null) {
        close();
        throw new NoAnswerException(call, "the rest of the answer did not come in time", null);
      }
      return taken;
    } catch (InterruptedException e) {
      close();
      throw Interruption.of(call, e);
    }
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      piece = List.of();
      next = 0;
    }
    closed = true;
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
  }
}
