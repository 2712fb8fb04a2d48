package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.incipit.server.http.Request;
import org.incipit.server.http.WebSocket;
import org.jspecify.annotations.Nullable;

/** A WebSocket as its handler sees it; {@link SocketConnection} is its side on the loop. */
final class ServerWebSocket implements WebSocket {
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");
  private static final int NORMAL = 1000;
  private static final int FAILED = 1011;
  private static final int MOST_IN_CONTROL = 125;
  private static final int MOST_IN_REASON = MOST_IN_CONTROL - 2;

  private final Channel channel;
  private final SocketConnection connection;
  private final Inbox inbox;
  private final Flow flow;

  ServerWebSocket(Channel channel, SocketConnection connection, Inbox inbox, Flow flow) {
    this.channel = channel;
    this.connection = connection;
    this.inbox = inbox;
    this.flow = flow;
  }

  /** Runs the handler, and closes as it ends. */
  void run(WebSocket.Handler handler, Request request) {
    try {
      handler.handle(request, this);
      close();
    } catch (ConnectionException e) {
      LOG.log(Level.DEBUG, "WebSocket " + request.route().path() + " ended", e);
      close();
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "WebSocket " + request.route().path() + " failed", e);
      close(FAILED, "internal error");
    }
  }

  @Override
  public @Nullable Message receive() throws IOException {
    return inbox.take();
  }

  @Override
  public void send(String text) throws IOException {
    ByteBuf bytes = channel.alloc().ioBuffer(ByteBufUtil.utf8Bytes(text));
    ByteBufUtil.writeUtf8(bytes, text);
    write(new TextWebSocketFrame(bytes));
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    if (payload.length > MOST_IN_CONTROL) {
      throw new IllegalArgumentException(
          "payload must be of at most 125 bytes (got " + payload.length + ")");
    }
    write(new PingWebSocketFrame(Unpooled.wrappedBuffer(payload)));
  }

  /** Waits while too much is on its way. */
  private void write(WebSocketFrame frame) throws IOException {
    int length = frame.content().readableBytes();
    flow.enter(frame.content());
    if (!LoopWork.offer(channel, () -> connection.write(frame, length))) {
      frame.release();
      throw ConnectionException.ofNetwork();
    }
  }

  @Override
  public void close() {
    close(NORMAL, "");
  }

  @Override
  public void close(int code, String reason) {
    if (!FrameDecoder.isCode(code)) {
      throw new IllegalArgumentException(
          "code must be 1000..1003, 1007..1014 or 3000..4999 (got " + code + ")");
    }
    int length = reason.getBytes(StandardCharsets.UTF_8).length;
    if (length > MOST_IN_REASON) {
      throw new IllegalArgumentException(
          "reason must be of at most 123 bytes (got " + length + ")");
    }
    flow.fail(new ConnectionException("the WebSocket is closed"));
    var _ = LoopWork.offer(channel, () -> connection.close(code, reason));
  }

  @Override
  public int closeCode() {
    return connection.closeCode();
  }
}
