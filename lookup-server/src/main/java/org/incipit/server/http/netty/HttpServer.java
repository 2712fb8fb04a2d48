package org.incipit.server.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.io.Closeable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Match;
import org.incipit.server.http.Method;
import org.incipit.server.http.Router;
import org.incipit.server.net.Protocol;

/**
 * Serves a router's routes on the connections of any number of listeners: {@code
 * network.listen(address, limits, server)}. Closed after them.
 */
public final class HttpServer implements Protocol, Closeable {
  private static final int QUEUE_FOR_EACH_THREAD = 256;

  private final Router router;
  private final HttpLimits limits;
  private final ComputeThreads compute;
  private final BodyMemory bodyMemory;
  private final Map<EventLoop, Sweep> sweeps = new ConcurrentHashMap<>();
  private final Map<EventLoop, Round> rounds = new ConcurrentHashMap<>();

  /** With a thread to compute for each processor. */
  public HttpServer(Router router, HttpLimits limits) {
    this(router, limits, Runtime.getRuntime().availableProcessors());
  }

  /**
   * With so many threads to compute, for routes that run there.
   *
   * @param computeThreads at least 1; each has 256 places in the queue
   */
  public HttpServer(Router router, HttpLimits limits, int computeThreads) {
    if (computeThreads < 1) {
      throw new IllegalArgumentException(
          "computeThreads must be at least 1 (got " + computeThreads + ")");
    }
    this.router = router;
    this.limits = limits;
    this.bodyMemory = new BodyMemory(limits.bodyMemoryBytes());
    this.compute = new ComputeThreads(computeThreads, QUEUE_FOR_EACH_THREAD * computeThreads);
  }

  @Override
  public void open(Channel channel) {
    // Who has sent all its requests may say so and still wants the answers. With epoll a long one
    // can be cut off: Netty 4.2.18 takes a socket without interests out of epoll, and then cannot
    // wait until more can be written.
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    Sweep sweep = sweeps.computeIfAbsent(channel.eventLoop(), loop -> new Sweep(loop, limits));
    Round round = rounds.computeIfAbsent(channel.eventLoop(), Round::new);
    HttpConnection connection = new HttpConnection(this, channel, sweep, round);
    channel.pipeline().addLast("decoder", connection.decoder()).addLast("http", connection);
  }

  /**
   * Finds what answers a request.
   *
   * @param available bytes behind its head that are there already
   * @throws HttpError if it cannot be said in which group's words to refuse it
   */
  Exchange exchange(HttpConnection connection, HttpRequest message, int available)
      throws HttpError {
    RequestHead head = RequestHead.of(message);
    Method method = head.method();
    if (method == null) {
      throw new HttpError(501, "this server does not know the method " + message.method());
    }
    Match match = router.find(method, head.path());
    return new Exchange(connection, head, method, match.route(), match.path(), available);
  }

  HttpLimits limits() {
    return limits;
  }

  BodyMemory bodyMemory() {
    return bodyMemory;
  }

  /** Runs it where it was handed over to, or there is computing, if there is room. */
  void compute(Exchange exchange) {
    Executor elsewhere = exchange.elsewhere();
    exchange.intake().hold();
    try {
      (elsewhere == null ? compute : elsewhere).execute(exchange);
    } catch (RejectedExecutionException e) {
      exchange.intake().letGo();
      exchange.refuse(ComputeThreads.full());
    }
  }

  /** Lets the threads go that compute. */
  @Override
  public void close() {
    compute.close();
  }
}
