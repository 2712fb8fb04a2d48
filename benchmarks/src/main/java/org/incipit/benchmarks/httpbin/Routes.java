package org.incipit.benchmarks.httpbin;

import static org.incipit.server.http.RunsOn.EVENT_LOOP;
import static org.incipit.server.http.RunsOn.VIRTUAL;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.incipit.server.http.Response.Cookie;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.WebSocket;

/** What there is, and where it runs. */
final class Routes {
  private static final List<Method> WITH_BODY =
      List.of(Method.POST, Method.PUT, Method.PATCH, Method.DELETE);
  private static final int MAX_REDIRECTS = 100;

  private Routes() {}

  static Router router() {
    Router router = new Router();
    router.get("/", EVENT_LOOP, (request, response) -> Samples.index(response));
    router.get("/get", EVENT_LOOP, RequestReport::inShort);
    router.post("/post", VIRTUAL, RequestReport::full);
    router.put("/put", VIRTUAL, RequestReport::full);
    router.patch("/patch", VIRTUAL, RequestReport::full);
    router.delete("/delete", VIRTUAL, RequestReport::full);
    for (String path : List.of("/anything", "/anything/*rest")) {
      withEachMethod(router, path, VIRTUAL, RequestReport::anything);
    }
    router.get("/headers", EVENT_LOOP, RequestReport::headers);
    router.get("/ip", EVENT_LOOP, RequestReport::ip);
    router.get("/user-agent", EVENT_LOOP, RequestReport::userAgent);
    withEachMethod(router, "/status/:code", VIRTUAL, Routes::status);
    router.get("/bytes/:n", VIRTUAL, Streams::bytes);
    router.get("/stream-bytes/:n", VIRTUAL, Streams::chunks);
    router.get("/stream/:n", VIRTUAL, Streams::lines);
    router.get("/sse", VIRTUAL, Streams::events);
    withEachMethod(router, "/delay/:s", VIRTUAL, Streams::delayed);
    router.get("/gzip", EVENT_LOOP, RequestReport::packed);
    router.get("/html", EVENT_LOOP, (request, response) -> Samples.html(response));
    router.get("/json", EVENT_LOOP, (request, response) -> Samples.json(response));
    router.get("/cookies", EVENT_LOOP, RequestReport::cookies);
    router.get("/cookies/set", EVENT_LOOP, Routes::setCookies);
    router.get("/cookies/set/:name/:value", EVENT_LOOP, Routes::setCookie);
    router.get("/cookies/delete", EVENT_LOOP, Routes::deleteCookies);
    router.get("/redirect/:n", EVENT_LOOP, Routes::redirect);
    router.webSocket("/ws-echo", Routes::webSocketEcho);
    router.get("/*any", EVENT_LOOP, Routes::notFound);
    for (String path : List.of("/", "/*any")) {
      router.post(path, EVENT_LOOP, Routes::echo);
    }
    return router;
  }

  private static void withEachMethod(Router router, String path, RunsOn place, Handler handler) {
    router.get(path, place, handler);
    WITH_BODY.forEach(method -> router.route(method, path, place, handler));
  }

  /** Or else what only POST has would be answered with 405. */
  private static void notFound(Request request, Response response) throws HttpError {
    throw new HttpError(404, "there is no such path");
  }

  private static void echo(Request request, Response response) throws HttpError, IOException {
    String type = request.headers().first("Content-Type");
    response.send(type == null ? "application/octet-stream" : type, request.body());
  }

  private static void webSocketEcho(Request request, WebSocket socket) throws IOException {
    while (true) {
      switch (socket.receive()) {
        case WebSocket.Message.Text text -> socket.send(text.text());
        case WebSocket.Message.Binary binary -> socket.send(binary.bytes());
        case null -> {
          return;
        }
      }
    }
  }

  private static void status(Request request, Response response) throws HttpError, IOException {
    int status = (int) request.pathParameters().integer("code", 200, 599);
    request.body();
    response.status(status);
    switch (status) {
      case 301, 302, 303, 307, 308 -> response.header("Location", "/redirect/1");
      case 401 -> response.header("WWW-Authenticate", "Basic realm=\"httpbin\"");
      case 407 -> response.header("Proxy-Authenticate", "Basic realm=\"httpbin\"");
      case 426 -> response.header("Upgrade", "websocket");
      default -> {}
    }
  }

  private static void setCookies(Request request, Response response) throws HttpError {
    for (Map.Entry<String, List<String>> pair : request.query().asMap().entrySet()) {
      set(response, pair.getKey(), pair.getValue().getLast());
    }
    to(response, "/cookies");
  }

  private static void setCookie(Request request, Response response) throws HttpError {
    set(
        response,
        request.pathParameters().required("name"),
        request.pathParameters().required("value"));
    to(response, "/cookies");
  }

  private static void set(Response response, String name, String value) throws HttpError {
    try {
      response.cookie(new Cookie(name, value, "/", -1, false, false));
    } catch (IllegalArgumentException e) {
      throw new HttpError(400, String.valueOf(e.getMessage()));
    }
  }

  private static void deleteCookies(Request request, Response response) throws HttpError {
    for (String name : request.query().asMap().keySet()) {
      try {
        response.cookie(new Cookie(name, "", "/", 0, false, false));
      } catch (IllegalArgumentException e) {
        throw new HttpError(400, String.valueOf(e.getMessage()));
      }
    }
    to(response, "/cookies");
  }

  private static void redirect(Request request, Response response) throws HttpError {
    long n = request.pathParameters().integer("n", 1, MAX_REDIRECTS);
    to(response, n == 1 ? "/get" : "/redirect/" + (n - 1));
  }

  private static void to(Response response, String location) {
    response.status(302).header("Location", location);
  }
}
