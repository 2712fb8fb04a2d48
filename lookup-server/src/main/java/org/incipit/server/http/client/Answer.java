package org.incipit.server.http.client;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer that was read as a whole. */
public final class Answer {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Answer(int status, HttpHeaders headers, byte[] body) {
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

  /** The unpacked body; the receiver's. */
  public byte[] body() {
    return body;
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
