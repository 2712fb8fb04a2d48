package org.incipit.server.http;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A response without a network. */
public final class FakeResponse implements Response {
  private final List<String> headers = new ArrayList<>();
  private final List<Consumer<Outcome>> actions = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = 200;
  private boolean committed;
  private Handler rest;

  public byte[] bytes() {
    return body.toByteArray();
  }

  public String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  /** All values of a header, with commas between. */
  public String header(String name) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        all.add(headers.get(i + 1));
      }
    }
    return all.isEmpty() ? null : String.join(", ", all);
  }

  void fail(HttpError error) {
    status = error.status();
    error.headers().forEach(this::header);
    send("text/plain", error.text().getBytes(StandardCharsets.UTF_8));
  }

  void end(Request request) throws Exception {
    if (rest != null) {
      rest.handle(request, this);
    }
    actions.forEach(action -> action.accept(new Outcome(status, body.size(), true)));
  }

  @Override
  public Response status(int to) {
    status = to;
    return this;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Response header(String name, String value) {
    for (int i = headers.size() - 2; i >= 0; i -= 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        headers.subList(i, i + 2).clear();
      }
    }
    return addHeader(name, value);
  }

  @Override
  public Response addHeader(String name, String value) {
    if (committed) {
      throw new IllegalStateException("the head is gone");
    }
    headers.add(name);
    headers.add(value);
    return this;
  }

  @Override
  public Response cookie(Cookie cookie) {
    return addHeader("Set-Cookie", cookie.name() + "=" + cookie.value());
  }

  @Override
  public boolean isCommitted() {
    return committed;
  }

  @Override
  public void send(String contentType, byte[] bytes) {
    header("Content-Type", contentType);
    committed = true;
    body.writeBytes(bytes);
  }

  @Override
  public OutputStream output() {
    committed = true;
    return body;
  }

  @Override
  public void handOver(Executor where, Handler handler) {
    rest = handler;
  }

  @Override
  public void whenDone(Consumer<Outcome> action) {
    actions.add(action);
  }

  @Override
  public EventStream events() {
    throw new IllegalStateException("a fake has no events");
  }
}
