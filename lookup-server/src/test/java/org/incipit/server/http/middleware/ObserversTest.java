package org.incipit.server.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.incipit.server.http.FakeRequest;
import org.incipit.server.http.Method;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.junit.jupiter.api.Test;

class ObserversTest {
  private final List<String> lines = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void aRequestIsALine() throws Exception {
    Router router = new Router().use(new AccessLog(logger()));
    router.get("/a/:id", RunsOn.EVENT_LOOP, (_, response) -> response.send("hello"));
    FakeRequest.run(router, Method.GET, "/a/1%0A");
    FakeRequest.run(router, Method.POST, "/b\r\n2026 INFO forged\u001b\u20ac\u00e9");
    assertTrue(lines.get(0).matches("127\\.0\\.0\\.1 GET /a/1%0A 200 5 [0-9]+ us"), lines.get(0));
    String forged =
        "127\\.0\\.0\\.1 POST /b%0D%0A2026%20INFO%20forged%1B%u20AC%E9 400 [0-9]+ [0-9]+ us";
    assertTrue(lines.get(1).matches(forged), lines.get(1));
    FakeRequest.run(router, Method.GET, "/a/" + "x".repeat(100_000));
    assertTrue(lines.get(2).length() < 1100, "a line of " + lines.get(2).length());
  }

  @Test
  void requestsAreCountedByRouteAndClassOfStatus() throws Exception {
    Router router = new Router().use(new RequestMetrics(registry));
    router.get(
        "/a/:id",
        RunsOn.EVENT_LOOP,
        (_, response) -> {
          assertEquals(1, registry.get("http.requests.in.flight").gauge().value());
          response.send("hello");
        });
    for (int i = 0; i < 3; i++) {
      FakeRequest.run(router, Method.GET, "/a/" + i);
      FakeRequest.run(router, Method.GET, "/b/" + i);
    }
    FakeRequest.run(router, Method.PUT, "/a/1");
    assertEquals(3, count("GET", "/a/:id", "2xx"));
    assertEquals(3, count("GET", "/*", "4xx"));
    assertEquals(1, count("PUT", "/a/:id", "4xx"));
    assertEquals(0, registry.get("http.requests.in.flight").gauge().value());
  }

  private long count(String method, String route, String status) {
    return registry
        .get("http.requests")
        .tags("method", method, "route", route, "status", status)
        .timer()
        .count();
  }

  private System.Logger logger() {
    return new System.Logger() {
      @Override
      public String getName() {
        return "access";
      }

      @Override
      public boolean isLoggable(Level level) {
        return level.getSeverity() >= Level.INFO.getSeverity();
      }

      @Override
      public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        lines.add(text);
      }

      @Override
      public void log(Level level, ResourceBundle bundle, String format, Object... values) {
        lines.add(format);
      }
    };
  }
}
