package org.incipit.server.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.incipit.server.http.FakeRequest;
import org.incipit.server.http.FakeResponse;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiddlewareTest {
  private static final String ORIGIN = "https://a.example";

  @TempDir private Path folder;
  private long nanos;

  @Test
  void aPreflightIsAnsweredWithWhatIsAllowed() throws Exception {
    FakeResponse response = run(cors(true), preflight(ORIGIN));
    assertEquals(204, response.status());
    assertEquals(ORIGIN, response.header("Access-Control-Allow-Origin"));
    assertEquals("true", response.header("Access-Control-Allow-Credentials"));
    assertEquals("PUT, GET", response.header("Access-Control-Allow-Methods"));
    assertEquals("X-A, X-B", response.header("Access-Control-Allow-Headers"));
    assertEquals("60", response.header("Access-Control-Max-Age"));
    assertEquals("Origin", response.header("Vary"));
  }

  @Test
  void anotherOriginIsAllowedNothing() throws Exception {
    for (String origin : List.of("https://a.example.org", "http://a.example", "null")) {
      FakeResponse response = run(cors(false), preflight(origin));
      assertNull(response.header("Access-Control-Allow-Origin"), origin);
      assertNull(response.header("Access-Control-Allow-Methods"), origin);
      assertEquals("Origin", response.header("Vary"));
    }
  }

  @Test
  void answersAndErrorsCanBeReadByAllowedOrigins() throws Exception {
    for (String path : List.of("/ok", "/refused", "/none")) {
      FakeResponse response = run(cors(false), get(path).with("Origin", ORIGIN));
      assertEquals(ORIGIN, response.header("Access-Control-Allow-Origin"), path);
      assertNull(response.header("Access-Control-Allow-Credentials"));
    }
    FakeResponse any = run(Cors.anyOrigin(), get("/ok").with("Origin", "https://b.example"));
    assertEquals("*", any.header("Access-Control-Allow-Origin"));
  }

  @Test
  void optionsThatIsNoPreflightIsAnsweredWithAllow() throws Exception {
    FakeResponse response = run(cors(false), new FakeRequest(Method.OPTIONS, "/ok"));
    assertEquals("GET, HEAD, OPTIONS", response.header("Allow"));
  }

  @Test
  void credentialsForAnyOriginAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Cors(List.of("*"), true, List.of(), List.of(), Duration.ZERO));
  }

  @Test
  void onlyTheOwnOriginIsLetThrough() throws Exception {
    ForeignOrigin own = new ForeignOrigin(new OwnHosts(List.of("Ours.example"), true));
    assertEquals(200, run(own, get("/ok")).status());
    assertEquals(200, status(own, "localhost:8080", "http://localhost:8080", false));
    assertEquals(200, status(own, "Localhost", "http://localhost:80", false));
    assertEquals(200, status(own, "127.0.0.1:8080", "http://127.0.0.1:8080", false));
    assertEquals(200, status(own, "example.org:443", "https://example.org", true));
    assertEquals(200, status(own, "[::1]:80", "http://[::1]", false));
    assertEquals(200, status(own, "ours.Example:81", "http://ours.example:81", false));
    for (String origin :
        List.of(
            "http://localhost",
            "https://localhost:8080",
            "http://localhost:8080.evil.example",
            "http://evil.example",
            "null",
            "",
            "localhost:8080")) {
      assertEquals(403, status(own, "localhost:8080", origin, false), origin);
    }
    // Its name may lead to us, too.
    assertEquals(403, status(own, "evil.example:8080", "http://evil.example:8080", false));
    assertEquals(403, run(own, get("/none").with("Origin", "http://evil.example")).status());
  }

  @Test
  void aPageOfOursMayHaveComeThroughTlsThatAProxyTookOff() throws Exception {
    ForeignOrigin own = new ForeignOrigin(new OwnHosts(List.of("Ours.example"), false));
    for (String host : List.of("ours.example", "ours.example:443", "Ours.Example")) {
      assertEquals(200, status(own, host, "https://ours.example", false), host);
      assertEquals(200, status(own, host, "https://OURS.example:443", false), host);
    }
    assertEquals(200, status(own, "ours.example:8443", "https://ours.example:8443", false));
    assertEquals(200, status(own, "ours.example", "http://ours.example", false));
    for (String origin :
        List.of(
            "https://ours.example:8443",
            "http://ours.example:443",
            "https://x.ours.example",
            "https://evil.example",
            "ftp://ours.example")) {
      assertEquals(403, status(own, "ours.example", origin, false), origin);
    }
    // Only a name that was given says that there may be a proxy; and our own TLS needs none.
    assertEquals(403, status(own, "localhost", "https://localhost", false));
    assertEquals(403, status(own, "127.0.0.1", "https://127.0.0.1", false));
    assertEquals(403, status(own, "ours.example", "http://ours.example", true));
  }

  @Test
  void onlyOwnHostsAreLetThroughWhereNoOthersAre() throws Exception {
    ForeignHost own = new ForeignHost(new OwnHosts(List.of("Ours.example"), false));
    ForeignHost lenient = new ForeignHost(new OwnHosts(List.of(), true));
    for (String host :
        List.of(
            "localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]", "10.0.0.1", "ours.example:1")) {
      assertEquals(200, run(own, get("/ok").with("Host", host)).status(), host);
    }
    for (String host :
        List.of(
            "evil.example", "localhost.evil.example:80", "x.ours.example", "127.0.0.1.nip.io")) {
      assertEquals(421, run(own, get("/ok").with("Host", host)).status(), host);
      assertEquals(200, run(lenient, get("/ok").with("Host", host)).status(), host);
    }
    assertEquals(200, run(own, get("/ok")).status());
  }

  @Test
  void onlyATokenOfTheFileIsLetThrough() throws Exception {
    Path file = folder.resolve("tokens");
    Files.writeString(file, "# ours\n\nfirst\n second \n");
    Authentication authentication = new Authentication(file);
    assertEquals(200, status(authentication, "Bearer first"));
    assertEquals(200, status(authentication, "bearer  second"));
    for (String header :
        List.of(
            "Bearer third",
            "Bearer firs",
            "Bearer ",
            "Bearer",
            "Basic first",
            "first",
            "",
            "Bearer # ours")) {
      assertEquals(401, status(authentication, header), header);
    }
    FakeResponse none = run(authentication, get("/ok"));
    assertEquals("401 Bearer", none.status() + " " + none.header("WWW-Authenticate"));

    Files.writeString(file, "third");
    authentication.reload();
    assertEquals(200, status(authentication, "Bearer third"));
    assertEquals(401, status(authentication, "Bearer first"));

    Files.writeString(file, "# none\n");
    assertThrows(IOException.class, authentication::reload);
    assertEquals(200, status(authentication, "Bearer third"));
    Files.writeString(file, "two words\n");
    assertThrows(IOException.class, () -> new Authentication(file));
    Files.write(file, new byte[] {'a', '\n', (byte) 0xFF, '\n'});
    IOException e = assertThrows(IOException.class, () -> new Authentication(file));
    assertEquals(file + ": line 2 is not a token", e.getMessage());
  }

  @Test
  void anAddressThatAsksTooMuchIsToldWhenToComeBack() throws Exception {
    RateLimit limit = new RateLimit(3, 2, 10, clock());
    for (int i = 0; i < 3; i++) {
      assertEquals(200, run(limit, get("/ok")).status());
    }
    FakeResponse refused = run(limit, get("/ok"));
    assertEquals("429 1", refused.status() + " " + refused.header("Retry-After"));
    assertEquals(200, run(limit, get("/ok").from("::1")).status());
    nanos += 500_000_000;
    assertEquals(200, run(limit, get("/ok")).status());
    assertEquals(429, run(limit, get("/ok")).status());
  }

  @Test
  void addressesOfOneNetworkOfIpv6CountAsOne() throws Exception {
    RateLimit limit = new RateLimit(1, 1, 10, clock());
    assertEquals(200, run(limit, get("/ok").from("2001:db8:1:2::1")).status());
    assertEquals(429, run(limit, get("/ok").from("2001:db8:1:2:ffff::9")).status());
    assertEquals(200, run(limit, get("/ok").from("2001:db8:1:3::1")).status());
    assertEquals(200, run(limit, get("/ok").from("fe80::1%eth0")).status());
    assertEquals(429, run(limit, get("/ok").from("fe80::2%1")).status());
    assertEquals(200, run(limit, get("/ok").from("unix")).status());
  }

  @Test
  void addressesThatWereNotSeenForLongestAreForgotten() throws Exception {
    RateLimit limit = new RateLimit(1, 1, 2, clock());
    assertEquals(200, run(limit, get("/ok").from("a")).status());
    for (int i = 0; i < 100; i++) {
      run(limit, get("/ok").from("b" + i));
      assertEquals(429, run(limit, get("/ok").from("a")).status());
    }
    assertEquals(2, limit.addresses());
  }

  private TimeMeter clock() {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return nanos;
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  private static Cors cors(boolean credentials) {
    return new Cors(
        List.of("https://b.example", ORIGIN),
        credentials,
        List.of(Method.PUT, Method.GET),
        List.of("X-A", "X-B"),
        Duration.ofMinutes(1));
  }

  private static int status(Middleware own, String host, String origin, boolean secure)
      throws Exception {
    FakeRequest request = get("/ok").with("Host", host).with("Origin", origin);
    return run(own, secure ? request.throughTls() : request).status();
  }

  private static int status(Middleware authentication, String header) throws Exception {
    return run(authentication, get("/ok").with("Authorization", header)).status();
  }

  private static FakeRequest preflight(String origin) {
    return new FakeRequest(Method.OPTIONS, "/ok")
        .with("Origin", origin)
        .with("Access-Control-Request-Method", "PUT");
  }

  private static FakeRequest get(String path) {
    return new FakeRequest(Method.GET, path);
  }

  private static FakeResponse run(Middleware middleware, FakeRequest request) throws Exception {
    Router router = new Router().use(middleware);
    router.get("/ok", RunsOn.EVENT_LOOP, (_, response) -> response.send("ok"));
    router.get(
        "/refused",
        RunsOn.EVENT_LOOP,
        (_, response) -> {
          throw new HttpError(400, "refused");
        });
    return FakeRequest.run(router, request);
  }
}
