package org.incipit.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Handler OK = (request, response) -> response.send(request.route().path());
  private static final RunsOn LOOP = RunsOn.EVENT_LOOP;

  private final Router router = new Router();

  @Test
  void aStaticSegmentComesBeforeANameAndThatBeforeAWildcard() throws Exception {
    router.get("/a/*rest", LOOP, OK).get("/a/:id", LOOP, OK).get("/a/b", LOOP, OK);
    assertEquals("/a/b", answer("/a/b"));
    assertEquals("/a/:id", answer("/a/c"));
    assertEquals("/a/*rest", answer("/a/b/c"));
    assertEquals("/a/*rest", answer("/a/"));
  }

  @Test
  void aSearchGoesBackWhereWhatFollowsDoesNotMatch() throws Exception {
    router.get("/a/b/c", LOOP, OK).get("/:x/b/d", LOOP, OK).get("/*rest", LOOP, OK);
    assertEquals("/:x/b/d", answer("/a/b/d"));
    assertEquals("/*rest", answer("/a/b/e"));
  }

  @Test
  void aPathWithAnotherMethodDoesNotHideOneThatMatches() throws Exception {
    router.post("/a/b", LOOP, OK).get("/a/:id", LOOP, OK);
    assertEquals("/a/:id", answer("/a/b"));
  }

  @Test
  void aNameStandsForOneSegmentThatIsNotEmpty() {
    router.get("/a/:id", LOOP, OK);
    assertInstanceOf(Match.Nothing.class, router.find(Method.GET, "/a/"));
    assertInstanceOf(Match.Nothing.class, router.find(Method.GET, "/a"));
    assertInstanceOf(Match.Nothing.class, router.find(Method.GET, "/a/b/"));
    assertInstanceOf(Match.Nothing.class, router.find(Method.GET, "a/b"));
  }

  @Test
  void valuesAreDecodedAfterTheirSegmentsAreCut() {
    router.get("/:index/:id", LOOP, OK).get("/f/:id/*rest", LOOP, OK);
    assertEquals(
        Map.of("index", List.of("a/b"), "id", List.of("\u00e9 +")), values("/a%2Fb/%C3%a9%20+"));
    assertEquals(Map.of("id", List.of("x"), "rest", List.of("y/z//")), values("/f/x/y%2fz//"));
    assertEquals(Map.of("index", List.of("\u00e9"), "id", List.of("1")), values("/\u00c3\u00a9/1"));
  }

  @Test
  void staticSegmentsAreComparedDecoded() throws Exception {
    router.get("/_health/caf\u00e9", LOOP, OK);
    assertEquals("/_health/caf\u00e9", answer("/%5Fhealth/caf%C3%A9"));
  }

  @Test
  void whatCannotBeDecodedIs400() throws Exception {
    router.get("/:id", LOOP, OK);
    for (String path : List.of("/%", "/%4", "/%zz", "/%C3", "/%C3/%A9", "/%ED%A0%80", "/\u20ac")) {
      assertEquals(400, FakeRequest.run(router, Method.GET, path).status(), path);
    }
  }

  @Test
  void headIsAnsweredByGetUnlessItHasARoute() throws Exception {
    router
        .get("/a", LOOP, OK)
        .get("/b", LOOP, OK)
        .route(Method.HEAD, "/b", LOOP, (_, r) -> r.status(204));
    assertEquals("/a", FakeRequest.run(router, Method.HEAD, "/a").text());
    assertEquals(204, FakeRequest.run(router, Method.HEAD, "/b").status());
  }

  @Test
  void aMethodThatAPathDoesNotHaveIs405WithAllThatItHas() throws Exception {
    router.post("/a/b", LOOP, OK).get("/a/:id", LOOP, OK).delete("/*rest", LOOP, OK);
    FakeResponse response = FakeRequest.run(router, Method.PUT, "/a/b");
    assertEquals(405, response.status());
    assertEquals("DELETE, GET, HEAD, OPTIONS, POST", response.header("Allow"));
    assertEquals("DELETE, OPTIONS", FakeRequest.run(router, Method.PUT, "/x").header("Allow"));
  }

  @Test
  void optionsIsAnsweredWithAllowUnlessItHasARoute() throws Exception {
    router.get("/a", LOOP, OK).route(Method.OPTIONS, "/b", LOOP, OK);
    FakeResponse response = FakeRequest.run(router, Method.OPTIONS, "/a");
    assertEquals(204, response.status());
    assertEquals("GET, HEAD, OPTIONS", response.header("Allow"));
    assertEquals("/b", FakeRequest.run(router, Method.OPTIONS, "/b").text());
    assertEquals(204, FakeRequest.run(router, Method.OPTIONS, "*").status());
  }

  @Test
  void middlewareOfOuterGroupsWrapsThatOfInnerOnes() throws Exception {
    router.use(mark("1"), mark("2"));
    router.group("/v2", group -> group.use(mark("3")).get("/x", LOOP, OK).get("", LOOP, OK));
    router.get("/y", LOOP, OK);
    assertEquals("1, 2, 3", FakeRequest.run(router, Method.GET, "/v2/x").header("Mark"));
    assertEquals("1, 2, 3", FakeRequest.run(router, Method.GET, "/v2").header("Mark"));
    assertEquals("1, 2", FakeRequest.run(router, Method.GET, "/y").header("Mark"));
  }

  @Test
  void errorsOfTheRouterPassTheMiddlewareOfTheGroupThatThePathLiesIn() throws Exception {
    router.use(mark("1"));
    router.group("/:any", group -> group.use(mark("x")).get("/a", LOOP, OK));
    router.group("/v2", group -> group.use(mark("2")).get("/a", LOOP, OK));
    assertEquals("1, 2", FakeRequest.run(router, Method.GET, "/v2/none").header("Mark"));
    assertEquals("1, 2", FakeRequest.run(router, Method.GET, "/v2/%").header("Mark"));
    assertEquals("1, 2", FakeRequest.run(router, Method.POST, "/v2/a").header("Mark"));
    assertEquals("1, 2", FakeRequest.run(router, Method.OPTIONS, "/v2/a").header("Mark"));
    assertEquals("1, x", FakeRequest.run(router, Method.GET, "/v1/none").header("Mark"));
    assertEquals("1", FakeRequest.run(router, Method.GET, "/").header("Mark"));
  }

  @Test
  void middlewareAfterARouteIsRefused() {
    router.get("/a", LOOP, OK);
    assertThrows(IllegalStateException.class, () -> router.use(mark("1")));
  }

  @Test
  void routesForTheSamePathsAreRefused() {
    router.get("/a/:x", LOOP, OK).post("/a/:y", LOOP, OK).get("/b/*", LOOP, OK);
    for (String path : List.of("/a/:x", "/a/:y", "/b/*other")) {
      assertThrows(IllegalArgumentException.class, () -> router.get(path, LOOP, OK), path);
    }
    Router group = router;
    assertThrows(
        IllegalArgumentException.class,
        () -> group.group("/a", inner -> inner.get("/:z", LOOP, OK)));
  }

  @Test
  void whatIsNoPathIsRefused() {
    for (String path :
        List.of("", "a", "/:", "/*a/b", "/:x/:x", "/:x/*x", "/a?b", "/a#", "/a%20b", "/a b")) {
      assertThrows(IllegalArgumentException.class, () -> router.get(path, LOOP, OK), path);
    }
    for (String prefix : List.of("a", "/", "/a/", "/*")) {
      assertThrows(IllegalArgumentException.class, () -> router.group(prefix, _ -> {}), prefix);
    }
  }

  @Test
  void aLimitOfBodiesIsOfTheRouteElseOfItsGroup() {
    router.get("/a", LOOP, OK).maxBodyBytes(10);
    router.group("/g", group -> group.get("/a", LOOP, OK).route(Method.GET, "/b", LOOP, 20, OK));
    assertEquals(0, router.find(Method.GET, "/a").route().maxBodyBytes());
    assertEquals(10, router.find(Method.GET, "/g/a").route().maxBodyBytes());
    assertEquals(20, router.find(Method.GET, "/g/b").route().maxBodyBytes());
  }

  @Test
  void extraSlashesAreIgnoredWhereToldAndWhereNothingElseIsFound() throws Exception {
    router.group("/v2", g -> g.ignoreExtraSlashes().get("/a", LOOP, OK).get("/b/", LOOP, OK));
    router.get("/c", LOOP, OK);
    assertEquals("/v2/a", answer("//v2//a/"));
    assertEquals("/v2/b/", answer("/v2/b/"));
    assertEquals(404, FakeRequest.run(router, Method.GET, "/c/").status());
    assertEquals(404, FakeRequest.run(router, Method.GET, "//").status());
    assertEquals(405, FakeRequest.run(router, Method.PUT, "/v2/a/").status());
  }

  @Test
  void aWildcardDoesNotHideWhatExtraSlashesLeadTo() throws Exception {
    router.group("/v2", g -> g.ignoreExtraSlashes().get("/a", LOOP, OK).get("/*rest", LOOP, OK));
    router.group("/w", g -> g.get("/a", LOOP, OK).get("/*rest", LOOP, OK));
    for (String path : new String[] {"/v2/a/", "/v2//a", "//v2/a//"}) {
      assertEquals("/v2/a", answer(path), path);
    }
    assertEquals(405, FakeRequest.run(router, Method.PUT, "/v2/a/").status());
    for (String path : new String[] {"/v2/", "/v2//b", "/v2/a//b"}) {
      assertEquals("/v2/*rest", answer(path), path);
    }
    assertEquals("/w/*rest", answer("/w/a/"));
  }

  @Test
  void aWebSocketPathAnswersOtherRequestsWith426() throws Exception {
    WebSocket.Handler handler = (_, socket) -> socket.send("hello");
    router.webSocket("/ws", handler);
    assertEquals(handler, router.find(Method.GET, "/ws").route().webSocket());
    FakeResponse response = FakeRequest.run(router, Method.GET, "/ws");
    assertEquals(426, response.status());
    assertEquals("websocket", response.header("Upgrade"));
    FakeRequest request = new FakeRequest(Method.GET, "/ws").with("upgrade", "WebSocket");
    assertEquals(101, FakeRequest.run(router, request).status());
    request = new FakeRequest(Method.HEAD, "/ws").with("Upgrade", "websocket");
    assertEquals(426, FakeRequest.run(router, request).status());
    assertNull(router.find(Method.POST, "/ws").route().webSocket());
  }

  @Test
  void findingAPathWithoutNamesAllocatesNothing() {
    router.get("/:index/_search", LOOP, OK).get("/a/_health", LOOP, OK).get("/a/:id/x", LOOP, OK);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      router.find(Method.GET, "/a/_health");
      router.find(Method.GET, "/b/c/d");
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      router.find(Method.GET, "/a/_health");
      router.find(Method.GET, "/b/c/d");
    }
    assertEquals(0, (threads.getCurrentThreadAllocatedBytes() - before) / 10_000);
  }

  private String answer(String path) throws Exception {
    return FakeRequest.run(router, Method.GET, path).text();
  }

  private Map<String, List<String>> values(String path) {
    return router.find(Method.GET, path).path().asMap();
  }

  private static Middleware mark(String mark) {
    return (request, response, next) -> {
      response.addHeader("Mark", mark);
      next.handle(request, response);
    };
  }
}
