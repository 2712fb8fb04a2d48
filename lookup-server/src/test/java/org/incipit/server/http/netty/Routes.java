package org.incipit.server.http.netty;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;

/** The routes that the tests of the server use, one set for each place to run. */
final class Routes {
  private Routes() {}

  static Router router() {
    Router router = new Router();
    for (RunsOn place : RunsOn.values()) {
      String prefix = "/" + place.name().toLowerCase(Locale.ROOT);
      router.group(prefix, routes -> add(routes, place));
    }
    return router;
  }

  private static void add(Router routes, RunsOn place) {
    routes.get("/hello", place, (request, response) -> response.send("hello"));
    routes.get("/nothing", place, (request, response) -> response.status(204));
    routes.get(
        "/name/:name",
        place,
        (request, response) -> response.send(request.pathParameters().required("name")));
    routes.post("/whole", place, (request, response) -> response.send("x", request.body()));
    routes.post("/ignore", place, (request, response) -> response.send("ignored"));
    routes.post(
        "/stream",
        place,
        (request, response) -> {
          try (InputStream in = request.input();
              OutputStream out = response.output()) {
            in.transferTo(out);
          }
        });
    routes.get(
        "/bytes/:n",
        place,
        (request, response) -> {
          long n = request.pathParameters().integer("n", 0, 1 << 30);
          OutputStream out = response.output();
          for (long i = 0; i < n; i++) {
            out.write('a' + (int) (i % 26));
          }
        });
    routes.get(
        "/announced/:said/:written",
        place,
        (request, response) -> {
          response.header("Content-Length", request.pathParameters().required("said"));
          long n = request.pathParameters().integer("written", 0, 1 << 30);
          OutputStream out = response.output();
          for (long i = 0; i < n; i++) {
            out.write('x');
          }
        });
    routes.get(
        "/teapot",
        place,
        (request, response) -> {
          throw new HttpError(418, "short and stout");
        });
    routes.get(
        "/fail",
        place,
        (request, response) -> {
          throw new IllegalStateException("on purpose");
        });
    routes.get(
        "/late-fail",
        place,
        (request, response) -> {
          OutputStream out = response.output();
          out.write(new byte[100_000]);
          throw new IllegalStateException("on purpose, late");
        });
  }
}
