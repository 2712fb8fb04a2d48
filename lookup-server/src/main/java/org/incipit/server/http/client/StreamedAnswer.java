package org.incipit.server.http.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** An answer whose body is read as it comes. Must be closed. One thread. */
public final class StreamedAnswer implements Closeable {
  private final int status;
  private final HttpHeaders headers;
  private final InputStream body;

  StreamedAnswer(int status, HttpHeaders headers, InputStream body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** From 200 to 399. */
  public int status() {
    return status;
  }

  /** The first value of this name, in any case. */
  public @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /**
   * The unpacked body. Reading throws a {@link NoAnswerException} if nothing comes in time, or the
   * connection breaks before the end.
   */
  public InputStream body() {
    return body;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
