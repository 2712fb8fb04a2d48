package org.incipit.server.http.middleware;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.http.Handler;
import org.incipit.server.http.Method;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;

/**
 * Counts requests and how long they take, by method, path of the route and class of the status
 * ({@code 2xx}; {@code cut} if the connection ended first), and those in flight.
 */
public final class RequestMetrics implements Middleware {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  /** Of these there are few: paths are those of routes. */
  private record Kind(Method method, String route, String status) {}

  /** Nothing counted yet. */
  public RequestMetrics() {
    Gauge.builder("http.requests.in.flight", inFlight, AtomicInteger::get)
        .description("Requests that are being answered.")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    long start = System.nanoTime();
    inFlight.incrementAndGet();
    Method method = request.method();
    String route = request.route().path();
    response.whenDone(outcome -> {
      inFlight.decrementAndGet();
      timer(new Kind(method, route, statusClass(outcome)))
          .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    });
    next.handle(request, response);
  }

  /**
   * What was counted, in the text format of Prometheus, 0.0.4: {@code http_requests_seconds} and
   * {@code http_requests_in_flight}.
   */
  public String text() {
    return registry.scrape();
  }

  private Timer timer(Kind kind) {
    Timer timer = timers.get(kind);
    return timer == null ? timers.computeIfAbsent(kind, this::register) : timer;
  }

  private Timer register(Kind kind) {
    return Timer.builder("http.requests")
        .description("Requests that were answered.")
        .tag("method", kind.method().name())
        .tag("route", kind.route())
        .tag("status", kind.status())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static String statusClass(Response.Outcome outcome) {
    return outcome.complete() ? outcome.status() / 100 + "xx" : "cut";
  }
}
