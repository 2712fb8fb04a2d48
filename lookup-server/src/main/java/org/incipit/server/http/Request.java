package org.incipit.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A request. For the thread of its handler, until that returns. */
public interface Request {
  Method method();

  /** The path as it came, percent-encoded, without the query string; begins with a slash. */
  String path();

  /** The query string as it came, without the question mark; empty if there is none. */
  String queryString();

  /** HTTP/1.0 or HTTP/1.1. */
  String version();

  Headers headers();

  /** What answers it. */
  Route route();

  /** The decoded values of the route's {@code :names}, and of {@code *wildcard}. */
  Parameters pathParameters();

  /**
   * The decoded values of the query string.
   *
   * @throws HttpError 400 if it cannot be decoded
   */
  Parameters query() throws HttpError;

  /** Values of the cookies by their names. */
  Parameters cookies();

  /** The address of the other side, as text; {@code unix} for a Unix-domain socket. */
  String remoteAddress();

  /** Whether it came through TLS. */
  boolean isSecure();

  /** Whether there is a body, of whatever length. */
  boolean hasBody();

  /** What {@code Content-Length} says; -1 if the length is not known yet. */
  long contentLength();

  /**
   * The body as a stream, unpacked if {@code Content-Encoding} is gzip or deflate. Reading waits
   * for the other side if the handler runs on a virtual thread, at most until its deadline. It
   * throws a {@link BodyLimitException} if the body is longer than allowed.
   */
  InputStream input() throws HttpError;

  /**
   * The whole body, unpacked.
   *
   * @throws HttpError 413 if it is longer than allowed, 400 if it is not what was announced
   * @throws IOException of the connection
   */
  byte[] body() throws HttpError, IOException;

  /**
   * The form in the body, urlencoded or multipart; none if there is no body.
   *
   * @throws HttpError 415 if it is neither, 400 if it cannot be decoded, 413 if it is too long
   */
  Form form() throws HttpError, IOException;

  /** What a form holds. */
  record Form(Parameters fields, List<Upload> files) {}
}
