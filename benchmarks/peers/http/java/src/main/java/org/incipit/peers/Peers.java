package org.incipit.peers;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * Servers of others, which answer what those of {@code HttpPeers} answer: {@code Peers KIND PORT
 * THREADS}. KIND is {@code vertx} (event loops, epoll) or {@code helidon} (a virtual thread for
 * each connection, on as many threads as the JVM is told).
 */
public final class Peers {
  private static final byte[] HELLO = "Hello, world!".getBytes(StandardCharsets.UTF_8);

  private Peers() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "vertx" -> vertx(port, Integer.parseInt(args[2]));
      case "helidon" -> helidon(port);
      default -> throw new IllegalArgumentException("no such kind: " + args[0]);
    }
    new CountDownLatch(1).await();
  }

  private static void vertx(int port, int threads) throws Exception {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(threads));
    if (!vertx.isNativeTransportEnabled()) {
      throw new IllegalStateException("no epoll", vertx.unavailableNativeTransportCause());
    }
    vertx
        .deployVerticle(() -> new Answers(port), new DeploymentOptions().setInstances(threads))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private static final class Answers extends VerticleBase {
    private final Buffer hello = Buffer.buffer(HELLO);
    private final int port;

    Answers(int port) {
      this.port = port;
    }

    @Override
    public Future<?> start() {
      return vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
      if (request.method() == HttpMethod.GET) {
        request.response().putHeader("Content-Type", "text/plain").end(hello);
      } else {
        request
            .body()
            .onSuccess(
                body ->
                    request.response().putHeader("Content-Type", "application/json").end(body));
      }
    }
  }

  private static void helidon(int port) {
    WebServer.builder()
        .host("127.0.0.1")
        .port(port)
        // Without it what is pipelined waits for the other side's delayed acknowledgements.
        .connectionOptions(options -> options.tcpNoDelay(true))
        .routing(
            routes ->
                routes
                    .get(
                        "/",
                        (request, response) ->
                            response
                                .header(HeaderNames.CONTENT_TYPE, "text/plain")
                                .send(HELLO))
                    .post(
                        "/",
                        (request, response) ->
                            response
                                .header(HeaderNames.CONTENT_TYPE, "application/json")
                                .send(request.content().as(byte[].class))))
        .build()
        .start();
  }
}
