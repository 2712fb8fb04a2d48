package org.incipit.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.netty.HttpServer;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;

/**
 * Servers for {@code peers/http/run}, which all answer the same: {@code HttpPeers KIND PORT
 * THREADS}. GET is answered with {@code Hello, world!}, POST with its body. KIND is {@code
 * event-loop} or {@code virtual} (ours), {@code netty} or {@code jdk}.
 */
public final class HttpPeers {
  private static final byte[] HELLO = "Hello, world!".getBytes(StandardCharsets.UTF_8);
  private static final int MAX_BODY = 1 << 20;

  private HttpPeers() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    int threads = Integer.parseInt(args[2]);
    switch (args[0]) {
      case "event-loop" -> ours(port, threads, RunsOn.EVENT_LOOP);
      case "virtual" -> ours(port, threads, RunsOn.VIRTUAL);
      case "netty" -> netty(port, threads);
      case "jdk" -> jdk(port);
      default -> throw new IllegalArgumentException("no such kind: " + args[0]);
    }
    new CountDownLatch(1).await();
  }

  private static void ours(int port, int threads, RunsOn place) throws IOException {
    Router router = new Router();
    router.get("/", place, (request, response) -> response.send("text/plain", HELLO));
    router.post(
        "/", place, (request, response) -> response.send("application/json", request.body()));
    new Network(threads)
        .listen(
            new NetAddress.Tcp("127.0.0.1", port),
            ListenLimits.DEFAULT,
            new HttpServer(router, HttpLimits.DEFAULT));
  }

  private static void netty(int port, int threads) {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(threads, EpollIoHandler.newFactory());
    new ServerBootstrap()
        .group(loops)
        .channel(EpollServerSocketChannel.class)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_BODY))
                    .addLast(new Answers());
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .syncUninterruptibly();
  }

  /** What one writes on Netty itself. */
  private static final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      boolean hasBody = request.content().isReadable();
      ByteBuf body = hasBody ? request.content().retain() : Unpooled.wrappedBuffer(HELLO);
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, hasBody ? "application/json" : "text/plain")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
      var _ = context.write(response, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close();
    }
  }

  private static void jdk(int port) throws IOException {
    com.sun.net.httpserver.HttpServer server =
        com.sun.net.httpserver.HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", HttpPeers::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] answer = body.length == 0 ? HELLO : body;
      exchange
          .getResponseHeaders()
          .set("Content-Type", body.length == 0 ? "text/plain" : "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
