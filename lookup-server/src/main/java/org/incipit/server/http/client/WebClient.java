package org.incipit.server.http.client;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.WebSocket;
import org.incipit.server.task.Deadline;
import org.incipit.server.task.Interruption;

/**
 * Sends requests to other servers over HTTP/1.1, follows no redirects. Any number of threads, which
 * wait for their answers. An interrupt ends the wait.
 */
public final class WebClient implements Closeable {
  private static final int MAX_TEXT = 1000;

  private final ClientLimits limits;
  private final Patience patience;
  private final HttpClient client;

  /** A client with connections of its own. */
  public WebClient(ClientLimits limits) {
    this.limits = limits;
    this.patience = new Patience(limits.firstPause(), limits.longestPause());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connectTimeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /** What is done with a response; may be done again. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(HttpResponse<AnswerBody> response) throws IOException;
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @throws RefusedException if the answer's status is 400 or more
   * @throws NoAnswerException if there was none in time
   * @throws BodyLimitException if it was too long
   */
  public Answer send(Call call) throws IOException {
    Deadline deadline = Deadline.after(limits.timeout()).earlier(Deadline.current());
    return attempt(
        call,
        deadline,
        deadline,
        response -> {
          try (InputStream in = whole(response)) {
            return new Answer(response.statusCode(), response.headers(), in.readAllBytes());
          }
        });
  }

  /**
   * Sends a request and opens the answer; the same exceptions, and those of its stream. Its length
   * is not limited, its time by the current deadline.
   */
  public StreamedAnswer open(Call call) throws IOException {
    Deadline whole = Deadline.current();
    return attempt(
        call,
        Deadline.after(limits.timeout()).earlier(whole),
        whole,
        response ->
            new StreamedAnswer(response.statusCode(), response.headers(), unpacked(response)));
  }

  /** Opens a WebSocket at {@code ws://} or {@code wss://}; the same exceptions. */
  public WebSocket webSocket(URI uri) throws IOException {
    Deadline deadline = Deadline.after(limits.timeout()).earlier(Deadline.current());
    return ClientSocket.connect(client, uri, deadline, limits);
  }

  /** Ends when calls that are under way have ended. */
  @Override
  public void close() {
    client.close();
  }

  private <T> T attempt(Call call, Deadline head, Deadline body, Reader<T> reader)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      IOException failure;
      String retryAfter = null;
      boolean didNothing = false;
      try {
        HttpResponse<AnswerBody> response = exchange(call, head, body);
        if (response.statusCode() < 400) {
          return read(call, response, reader);
        }
        failure = refused(call, response);
        boolean busy = isBusy(response.statusCode());
        retryAfter = response.headers().firstValue("Retry-After").orElse(busy ? "0" : null);
        if (!busy) {
          throw failure;
        }
        didNothing = response.statusCode() == 429 || response.statusCode() == 503;
      } catch (NoAnswerException e) {
        failure = e;
      }
      boolean last = attempt >= limits.maxAttempts() || !call.isRepeatable(didNothing);
      Duration pause = last ? null : patience.pause(attempt, retryAfter, Instant.now());
      if (pause == null || pause.compareTo(head.remaining()) >= 0) {
        throw failure;
      }
      sleep(call, pause, failure);
    }
  }

  private static <T> T read(Call call, HttpResponse<AnswerBody> response, Reader<T> reader)
      throws IOException {
    try {
      return reader.read(response);
    } catch (ZipException | EOFException e) {
      throw new NoAnswerException(
          call.toString(), "the answer is packed wrongly: " + e.getMessage(), e);
    }
  }

  private HttpResponse<AnswerBody> exchange(Call call, Deadline head, Deadline body)
      throws IOException {
    Duration left = head.remaining();
    if (left.isZero()) {
      throw new NoAnswerException(call.toString(), "there is no time left", null);
    }
    try {
      return client.send(
          call.request().timeout(left).build(),
          // Of a refusal only the beginning is read, by whoever waits for the head.
          info ->
              new AnswerBody(
                  call.toString(), info.statusCode() < 400 ? body : head, limits.timeout()));
    } catch (InterruptedException e) {
      throw Interruption.of(call.toString(), e);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new NoAnswerException(call.toString(), why, e);
    }
  }

  private InputStream whole(HttpResponse<AnswerBody> response) throws IOException {
    long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
    if (length > limits.maxAnswerBytes()) {
      response.body().close();
      throw new BodyLimitException("answer", limits.maxAnswerBytes());
    }
    return new LimitedInput(unpacked(response), limits.maxAnswerBytes());
  }

  private static InputStream unpacked(HttpResponse<AnswerBody> response) throws IOException {
    AnswerBody body = response.body();
    boolean opened = false;
    try {
      InputStream in = isGzip(response.headers()) ? new GZIPInputStream(body) : body;
      opened = true;
      return in;
    } finally {
      if (!opened) {
        body.close();
      }
    }
  }

  private static boolean isGzip(HttpHeaders headers) {
    return headers.firstValue("Content-Encoding").filter("gzip"::equalsIgnoreCase).isPresent();
  }

  /** The peer has said no, however badly it says why. */
  private static RefusedException refused(Call call, HttpResponse<AnswerBody> response)
      throws InterruptedIOException {
    String text = "";
    try (InputStream in = unpacked(response)) {
      text = new String(in.readNBytes(MAX_TEXT), StandardCharsets.UTF_8).strip();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      text = "(" + e.getMessage() + ")";
    }
    return new RefusedException(call.toString(), response.statusCode(), text);
  }

  /** Whether the peer may say something else later. */
  private static boolean isBusy(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  private static void sleep(Call call, Duration pause, IOException failure) throws IOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      IOException interrupted = Interruption.of(call.toString(), e);
      interrupted.addSuppressed(failure);
      throw interrupted;
    }
  }
}
