package org.incipit.server.http.middleware;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private final RequestMetrics metrics = new RequestMetrics();

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
    Router router = new Router().use(metrics);
    router.get(
        "/a/:id",
        RunsOn.EVENT_LOOP,
        (_, response) -> {
          has("http_requests_in_flight 1.0");
          response.send("hello");
        });
    for (int i = 0; i < 3; i++) {
      FakeRequest.run(router, Method.GET, "/a/" + i);
      FakeRequest.run(router, Method.GET, "/b/" + i);
    }
    FakeRequest.run(router, Method.PUT, "/a/1");
    has("http_requests_seconds_count{method=\"GET\",route=\"/a/:id\",status=\"2xx\"} 3");
    has("http_requests_seconds_count{method=\"GET\",route=\"/*\",status=\"4xx\"} 3");
    has("http_requests_seconds_count{method=\"PUT\",route=\"/a/:id\",status=\"4xx\"} 1");
    has("# TYPE http_requests_seconds histogram");
    has("http_requests_in_flight 0.0");
  }

  private void has(String line) {
    String text = metrics.text();
    assertTrue(("\n" + text).contains("\n" + line + "\n"), line + " is not in\n" + text);
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
