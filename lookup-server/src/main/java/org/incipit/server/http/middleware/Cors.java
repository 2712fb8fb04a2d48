package org.incipit.server.http.middleware;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other origins read answers (WHATWG Fetch, 3.2), errors included. Preflight requests
 * are answered here; those of other origins get an answer that allows nothing.
 */
public final class Cors implements Middleware {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String VARY = "Vary";

  private final List<String> origins;
  private final boolean credentials;
  private final String methods;
  private final String headers;
  private final String maxAge;

  /**
   * Says what is allowed.
   *
   * @param origins {@code https://host[:port]}, as browsers write it; or {@code *} alone for any
   * @param credentials whether cookies may come along; not for any origin
   * @param methods of requests
   * @param headers that requests may have besides the harmless ones
   * @param maxAge how long browsers remember it
   */
  public Cors(
      List<String> origins,
      boolean credentials,
      List<Method> methods,
      List<String> headers,
      Duration maxAge) {
    if (credentials && origins.contains("*")) {
      throw new IllegalArgumentException("credentials need a list of origins (got *)");
    }
    this.origins = List.copyOf(origins);
    this.credentials = credentials;
    this.methods = String.join(", ", methods.stream().map(Method::name).toList());
    this.headers = String.join(", ", headers);
    this.maxAge = Long.toString(maxAge.toSeconds());
  }

  /** Any page may read, and send forms. */
  public static Cors anyOrigin() {
    List<Method> methods = List.of(Method.GET, Method.HEAD, Method.POST);
    return new Cors(List.of("*"), false, methods, List.of("Content-Type"), Duration.ofHours(1));
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    Map<String, String> allowed = allowed(request.headers().first("Origin"));
    allowed.forEach((name, value) -> {
      if (name.equals(VARY)) {
        response.addHeader(name, value);
      } else {
        response.header(name, value);
      }
    });
    if (isPreflight(request)) {
      if (allowed.containsKey(ALLOW_ORIGIN)) {
        response.header("Access-Control-Allow-Methods", methods);
        response.header("Access-Control-Allow-Headers", headers);
        response.header("Access-Control-Max-Age", maxAge);
      }
      response.status(204);
      return;
    }
    try {
      next.handle(request, response);
    } catch (HttpError error) {
      throw error.with(allowed);
    }
  }

  private static boolean isPreflight(Request request) {
    return request.method() == Method.OPTIONS
        && request.headers().has("Origin")
        && request.headers().has("Access-Control-Request-Method");
  }

  private Map<String, String> allowed(@Nullable String origin) {
    if (origins.contains("*")) {
      return origin == null ? Map.of() : Map.of(ALLOW_ORIGIN, "*");
    }
    Map<String, String> allowed = new HashMap<>();
    allowed.put(VARY, "Origin");
    if (origin != null && origins.contains(origin)) {
      allowed.put(ALLOW_ORIGIN, origin);
      if (credentials) {
        allowed.put("Access-Control-Allow-Credentials", "true");
      }
    }
    return allowed;
  }
}
