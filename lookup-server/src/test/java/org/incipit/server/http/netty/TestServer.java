package org.incipit.server.http.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Router;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.Listener;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;
import org.incipit.server.task.Deadline;

/** A server on a free port of loopback, for a test. */
public final class TestServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Network network = new Network(1);
  private final ConnectionWatch watch = new ConnectionWatch();
  private final HttpServer server;
  private final Listener listener;

  private TestServer(Router router, HttpLimits limits, int computeThreads) throws IOException {
    server = new HttpServer(router, limits, computeThreads);
    listener =
        network.listen(
            new NetAddress.Tcp("127.0.0.1", 0),
            ListenLimits.DEFAULT,
            channel -> {
              watch.add(channel);
              server.open(channel);
            });
  }

  public static TestServer start(Router router) throws IOException {
    return start(router, HttpLimits.DEFAULT);
  }

  public static TestServer start(Router router, HttpLimits limits) throws IOException {
    return new TestServer(router, limits, 1);
  }

  public int port() {
    return ((NetAddress.Tcp) listener.address()).port();
  }

  public Listener listener() {
    return listener;
  }

  /** What can be seen of its connections only from inside. */
  ConnectionWatch watch() {
    return watch;
  }

  /** What is left for bodies. */
  long freeBodyMemory() {
    return server.bodyMemory().free();
  }

  /** Ends in order; whether all connections did. */
  public boolean drain() {
    try {
      return listener.drain(Deadline.after(PATIENCE));
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  /** A raw connection to it. */
  public RawClient connect() throws IOException {
    return new RawClient(port());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    server.close();
    network.close();
  }
}
