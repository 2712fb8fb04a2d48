package org.incipit.server.acoustid;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.ErrorAnswer;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.incipit.server.http.middleware.ForeignOrigin;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.lookup.IndexBusyException;
import org.incipit.server.lookup.IndexLoadingException;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of what endpoints return or throw, and of what never gets to one: with a code of
 * AcoustID's table if there is one, in the format that was asked for, for pages of any origin.
 * Other errors of HTTP are a line of text.
 */
final class Answers implements Middleware, ErrorAnswer.Format {
  private static final Logger LOG = System.getLogger(Answers.class.getName());
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String RETRY_AFTER = "Retry-After";

  private final RateLimits limits;
  private final TrustedProxies proxies;
  private final ForeignOrigin origins;
  private final ServiceCounts counts;
  private final LongAnswers longOnes = new LongAnswers();

  Answers(AcoustidConfig config, OwnHosts own, ServiceCounts counts) {
    this.limits = new RateLimits(config);
    this.proxies = config.trustedProxies();
    this.origins = new ForeignOrigin(own);
    this.counts = counts;
  }

  /**
   * What errors are where something is written: 503 says that nothing was, and clients send their
   * submissions again. So a handler that is late is an internal error.
   */
  ErrorAnswer.Format ofWriting() {
    return new ErrorAnswer.Format() {
      @Override
      public ErrorAnswer write(Request request, HttpError error) {
        return Answers.this.write(request, error);
      }

      @Override
      public HttpError late() {
        return new HttpError(500, "the answer took too long");
      }
    };
  }

  /** Is around everything, paths that do not exist included. */
  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    response.header(ALLOW_ORIGIN, "*");
    try {
      next.handle(request, response);
    } catch (HttpError e) {
      ErrorAnswer answer = write(request, e);
      response.status(e.status());
      e.headers().forEach(response::header);
      answer.headers().forEach(response::header);
      response.send(answer.contentType(), answer.body());
    }
  }

  /** A route's handler. */
  Handler to(Call.Endpoint endpoint) {
    return (request, response) -> {
      Arguments arguments = Arguments.ofQuery(request);
      Rendering rendering = Rendering.ofKnown(arguments);
      LongAnswers.Turn turn = longOnes.turn();
      boolean isMade = false;
      try {
        arguments.addForm(request);
        rendering = Rendering.of(arguments);
        boolean isForeign = origins.isForeign(request);
        Call call = new Call(arguments, client(request), isForeign, limits, turn);
        Fields answer = work(endpoint, call, request);
        byte[] bytes = rendering.bytes(answer, turn);
        response.whenDone(outcome -> turn.giveBack());
        isMade = true;
        response.send(rendering.contentType(), bytes);
      } catch (ApiError e) {
        send(e, rendering, response);
      } catch (BodyLimitException e) {
        send(ApiError.tooLarge(), rendering, response);
      } finally {
        if (!isMade) {
          turn.giveBack();
        }
      }
    };
  }

  private static Fields work(Call.Endpoint endpoint, Call call, Request request) throws ApiError {
    try {
      return endpoint.answer(call);
    } catch (IndexLoadingException | IndexBusyException | RejectedExecutionException e) {
      LOG.log(Level.DEBUG, request.path(), e);
      throw ApiError.unavailable();
    } catch (IOException | RuntimeException e) {
      if (e instanceof CatalogException failure && !failure.isOutcomeUnknown()) {
        LOG.log(Level.DEBUG, request.path(), e);
        throw ApiError.unavailable();
      }
      LOG.log(Level.ERROR, request.method() + " " + request.path() + " failed", e);
      throw ApiError.internal();
    }
  }

  private String client(Request request) {
    return proxies.client(request.remoteAddress(), request.headers().all("X-Forwarded-For"));
  }

  private void send(ApiError error, Rendering rendering, Response response) throws IOException {
    counts.error(error.code());
    response.status(error.status());
    if (error.retryAfter() > 0) {
      response.header(RETRY_AFTER, Long.toString(error.retryAfter()));
    }
    if (error.status() == 413) {
      // What is left of the body is not waited for.
      response.header("Connection", "close");
    }
    response.send(rendering.contentType(), rendering.bytes(error));
  }

  @Override
  public ErrorAnswer write(Request request, HttpError error) {
    Map<String, String> headers = new HashMap<>(Map.of(ALLOW_ORIGIN, "*"));
    ApiError known = known(error.status());
    if (known == null) {
      byte[] line = (error.text() + "\n").getBytes(StandardCharsets.UTF_8);
      return new ErrorAnswer(headers, "text/plain; charset=UTF-8", line);
    }
    counts.error(known.code());
    if (known.retryAfter() > 0 && !error.headers().containsKey(RETRY_AFTER)) {
      headers.put(RETRY_AFTER, Long.toString(known.retryAfter()));
    }
    Rendering rendering = Rendering.ofKnown(Arguments.ofQuery(request));
    return new ErrorAnswer(headers, rendering.contentType(), rendering.bytes(known));
  }

  private static @Nullable ApiError known(int status) {
    return switch (status) {
      case 408 -> ApiError.tooSlow();
      case 413 -> ApiError.tooLarge();
      case 500 -> ApiError.internal();
      case 503 -> ApiError.unavailable();
      default -> null;
    };
  }
}
