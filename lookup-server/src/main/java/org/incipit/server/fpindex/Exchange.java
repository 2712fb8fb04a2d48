package org.incipit.server.fpindex;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;

/** A request and its answer, their forms negotiated. For the thread of the handler. */
final class Exchange {
  /** The longest body, packed or not. */
  static final int MAX_BODY_BYTES = 16 << 20;

  private static final Pattern ID = Pattern.compile("[0-9]{1,10}");

  private final IndexCatalog catalog;
  private final Request request;
  private final Response response;

  Exchange(IndexCatalog catalog, Request request, Response response) {
    this.catalog = catalog;
    this.request = request;
    this.response = response;
  }

  /** A method of an operation. */
  @FunctionalInterface
  interface Step {
    /**
     * Answers.
     *
     * @throws BodyFormatException to be answered with 400, and a {@link Refusal} with its status
     * @throws IOException of the connection
     */
    void run(Exchange exchange) throws IOException, Refusal, HttpError;
  }

  Request request() {
    return request;
  }

  Response response() {
    return response;
  }

  /** The name of the index, as it is in the path. */
  String name() throws HttpError {
    return request.pathParameters().required("index");
  }

  /** The id in the path, which may be 0; unsigned. */
  int id() throws HttpError, Refusal {
    String text = request.pathParameters().required("id");
    if (ID.matcher(text).matches()) {
      long id = Long.parseLong(text);
      if ((id >>> 32) == 0) {
        return (int) id;
      }
    }
    throw new Refusal(Refusal.Name.BAD_REQUEST, "the id must be a number of 0..4294967295");
  }

  /** The id in the path, of a document that is to be changed; unsigned. */
  int writtenId() throws HttpError, Refusal {
    int id = id();
    if (id == 0) {
      throw new Refusal(Refusal.Name.INVALID_FINGERPRINT_ID, "id must be 1..4294967295 (got 0)");
    }
    return id;
  }

  /** The index in the path. */
  IndexLease lease() throws HttpError, Refusal {
    String name = name();
    return Storage.call(() -> catalog.lease(name));
  }

  /** The same, of an index that is to be changed. */
  IndexLease leaseToWrite() throws HttpError, Refusal {
    IndexLease lease = lease();
    if (IndexCatalog.isReserved(name())) {
      lease.close();
      throw readOnly();
    }
    return lease;
  }

  /** The answer to who would change an index that follows the catalogue. */
  static Refusal readOnly() {
    return new Refusal(
        Refusal.Name.FEED_IS_READ_ONLY, "the index follows the catalogue, and nothing else");
  }

  /** The body, which must be there. */
  BodyReader body() throws HttpError, Refusal, IOException {
    return optionalBody()
        .orElseThrow(() -> new Refusal(Refusal.Name.BAD_REQUEST, "there must be a body"));
  }

  /** The body if it has a byte. */
  Optional<BodyReader> optionalBody() throws HttpError, Refusal, IOException {
    MediaType type = MediaType.ofRequest(request);
    byte[] body = request.body();
    if (body.length > MAX_BODY_BYTES) {
      throw new Refusal(Refusal.Name.BODY_TOO_BIG, "the body is longer than 16 MiB");
    }
    return body.length == 0 ? Optional.empty() : Optional.of(type.reader(body));
  }

  /** Answers with 200. */
  void send(Answer answer) throws IOException {
    send(200, answer);
  }

  void send(int status, Answer answer) throws IOException {
    response.status(status);
    if (request.method() != Method.HEAD) {
      MediaType type = MediaType.ofAnswer(request);
      response.send(type.header(), type.write(answer));
    }
  }

  /** Answers with a line of text. */
  void send(int status, String text) throws IOException {
    response.status(status);
    if (request.method() != Method.HEAD) {
      response.send("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Has the rest done elsewhere; see {@link Response#handOver}. */
  void handOver(Executor where, Step rest) {
    response.handOver(
        where, (request, response) -> ErrorBodies.answer(request, response, () -> rest.run(this)));
  }
}
