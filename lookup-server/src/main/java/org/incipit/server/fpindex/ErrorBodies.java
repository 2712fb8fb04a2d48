package org.incipit.server.fpindex;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.ErrorAnswer;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Gives every error the body that clients of the index expect, in the form they expect. The header
 * {@code Error-Reason} says more than the name.
 */
public final class ErrorBodies implements Middleware, ErrorAnswer.Format {
  private static final Logger LOG = System.getLogger(ErrorBodies.class.getName());
  private static final int MAX_REASON = 200;

  /** What answers. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    answer(request, response, () -> next.handle(request, response));
  }

  /** Answers, with an error if that is what comes of it. */
  static void answer(Request request, Response response, Step step) throws Exception {
    try {
      step.run();
    } catch (Refusal e) {
      if (e.name() == Refusal.Name.OVERLOADED) {
        response.header("Retry-After", "1");
      }
      send(request, response, e.name(), e.name().status(), e.reason());
    } catch (BodyFormatException e) {
      String reason = String.valueOf(e.getMessage());
      send(request, response, Refusal.Name.BAD_REQUEST, 400, reason);
    } catch (BodyLimitException e) {
      String reason = String.valueOf(e.getMessage());
      send(request, response, Refusal.Name.BODY_TOO_BIG, 413, reason);
    } catch (HttpError e) {
      e.headers().forEach(response::header);
      send(request, response, named(e.status()), e.status(), e.text());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, request.method() + " " + request.path() + " failed", e);
      send(request, response, Refusal.Name.INTERNAL_ERROR, 500, "see the log of the server");
    }
  }

  @Override
  public ErrorAnswer write(Request request, HttpError error) {
    return written(request, named(error.status()), error.text());
  }

  private static ErrorAnswer written(Request request, Refusal.Name name, String reason) {
    MediaType type = MediaType.ofAnswer(request);
    byte[] body = type.write(new Answer.Failure(name, reason));
    return new ErrorAnswer(Map.of("Error-Reason", printable(reason)), type.header(), body);
  }

  private static Refusal.Name named(int status) {
    return switch (status) {
      case 401 -> Refusal.Name.UNAUTHORIZED;
      case 403 -> Refusal.Name.FOREIGN_ORIGIN;
      case 404 -> Refusal.Name.NOT_FOUND;
      case 405 -> Refusal.Name.METHOD_NOT_ALLOWED;
      case 408 -> Refusal.Name.REQUEST_TIMEOUT;
      case 413 -> Refusal.Name.BODY_TOO_BIG;
      case 415 -> Refusal.Name.UNSUPPORTED_MEDIA_TYPE;
      case 421 -> Refusal.Name.MISDIRECTED_REQUEST;
      case 503 -> Refusal.Name.OVERLOADED;
      default -> status < 500 ? Refusal.Name.BAD_REQUEST : Refusal.Name.INTERNAL_ERROR;
    };
  }

  private static void send(
      Request request, Response response, Refusal.Name name, int status, String reason)
      throws IOException {
    if (response.isCommitted()) {
      throw new IOException("failed after the head was sent: " + reason);
    }
    ErrorAnswer answer = written(request, name, reason);
    response.status(status);
    answer.headers().forEach(response::header);
    if (name == Refusal.Name.BODY_TOO_BIG) {
      response.header("Connection", "close");
    }
    if (request.method() != Method.HEAD) {
      response.send(answer.contentType(), answer.body());
    }
  }

  private static String printable(String reason) {
    String start = reason.substring(0, Math.min(reason.length(), MAX_REASON));
    return start.replaceAll("[^\\x20-\\x7E]+", " ");
  }
}
