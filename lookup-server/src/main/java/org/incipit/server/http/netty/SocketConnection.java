package org.incipit.server.http.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.zip.DataFormatException;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.WebSocket.Message;
import org.incipit.server.net.Drain;
import org.jspecify.annotations.Nullable;

/** A connection that has become a WebSocket: its frames, its state and its end. On its loop. */
final class SocketConnection extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");
  private static final int GOING_AWAY = 1001;
  private static final int NO_CODE = 1005;
  private static final int BAD_DATA = 1007;
  private static final int TOO_BIG = 1009;
  private static final int FAILED = 1011;

  /** Pongs that wait for the other side; above it, only the newest ping is answered. */
  private static final int MOST_PONGS = 64;

  private final Channel channel;
  private final HttpLimits limits;
  private final SocketPatience patience;
  private final MessageBuilder builder;
  private final Inbox inbox = new Inbox(this::caughtUp);
  private final Flow flow = new Flow();
  private volatile int closeCode;
  private boolean closeSent;
  private boolean ended;
  private boolean paused;
  private boolean inputEnded;
  private int pongs;
  private @Nullable WebSocketFrame newestPing;

  SocketConnection(Channel channel, HttpLimits limits, Sweep sweep) {
    this.channel = channel;
    this.limits = limits;
    this.patience = new SocketPatience(this, channel, limits, sweep);
    this.builder = new MessageBuilder(limits.maxFrameBytes());
  }

  /** What its handler gets. Any thread. */
  ServerWebSocket socket() {
    return new ServerWebSocket(channel, this, inbox, flow);
  }

  /**
   * Reads frames.
   *
   * @param inputEnded whether what is here already is all that comes
   */
  void begin(boolean inputEnded) {
    pause(paused);
    if (inputEnded) {
      endInput();
    }
  }

  /** Adds the handlers of frames behind what is in the pipeline. */
  void open(ChannelPipeline pipeline, @Nullable WebSocketServerExtension deflate) {
    pipeline
        .addLast(new FrameDecoder(limits.maxFrameBytes(), deflate != null))
        .addLast(new WebSocket13FrameEncoder(false))
        .addLast(new FlowControlHandler());
    if (deflate != null) {
      pipeline
          .addLast(new PackedFragments(limits.maxFrameBytes()))
          .addLast(deflate.newExtensionDecoder(), deflate.newExtensionEncoder());
    }
    pipeline.addLast(this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    patience.start();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!ended && message instanceof WebSocketFrame frame) {
        switch (frame) {
          case PingWebSocketFrame ping -> answer(ping);
          case CloseWebSocketFrame close -> closed(close);
          case PongWebSocketFrame _ -> {}
          default -> receive(frame);
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    patience.heard();
    ctx.flush();
  }

  private void receive(WebSocketFrame frame) {
    if (closeSent) {
      return;
    }
    Message message = builder.add(frame);
    if (message != null && inbox.add(message)) {
      pause(true);
    }
  }

  private void answer(WebSocketFrame ping) {
    if (closeSent) {
      return;
    }
    if (pongs < MOST_PONGS) {
      pongs++;
      var _ = channel.write(pong(ping)).addListener(written -> ponged());
    } else {
      ReferenceCountUtil.release(newestPing);
      newestPing = ping.retain();
    }
  }

  private void ponged() {
    pongs--;
    WebSocketFrame ping = newestPing;
    if (ping != null) {
      newestPing = null;
      try {
        answer(ping);
      } finally {
        ping.release();
      }
      channel.flush();
    }
  }

  private static WebSocketFrame pong(WebSocketFrame ping) {
    return new PongWebSocketFrame(ping.content().retain());
  }

  /** The other side closes; it gets its code back if we did not close before. */
  private void closed(CloseWebSocketFrame close) {
    int code = close.statusCode();
    closeCode = code < 0 ? NO_CODE : code;
    end(new ConnectionException("the other side has closed the WebSocket"), true);
    if (!closeSent) {
      closeSent = true;
      var _ =
          channel.write(
              code < 0 ? new CloseWebSocketFrame(true, 0) : new CloseWebSocketFrame(code, ""));
    }
    patience.leave();
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Says that we close, unless that has been said; the other side's answer is waited for. */
  void close(int code, String reason) {
    if (closeSent || ended) {
      return;
    }
    closeSent = true;
    inbox.end();
    flow.fail(new ConnectionException("the WebSocket is closed"));
    patience.leave();
    var _ = channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
    pause(false);
    if (inputEnded) {
      abort();
    }
  }

  /** The other side has not kept to the protocol. Nothing that it sends is looked at any more. */
  private void fail(int code, String reason) {
    if (ended) {
      return;
    }
    end(new ConnectionException(reason), false);
    patience.leave();
    if (!closeSent) {
      closeSent = true;
      var _ = channel.write(new CloseWebSocketFrame(code, reason));
    }
    pause(false);
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(Linger.SHUT_OUTPUT);
  }

  /** Nothing comes or goes any more. */
  private void end(IOException why, boolean regular) {
    ended = true;
    if (regular) {
      inbox.end();
    } else {
      inbox.fail(why);
    }
    flow.fail(why);
  }

  /** Ends without a word. */
  void abort() {
    var _ = channel.close();
  }

  /** Writes a message or ping of the handler. */
  void write(WebSocketFrame frame, int length) {
    if (closeSent || ended) {
      frame.release();
      flow.leave(length, null);
    } else {
      var _ =
          channel.writeAndFlush(frame).addListener(written -> flow.leave(length, written.cause()));
    }
  }

  /** Asks the other side whether it is there. */
  void ping() {
    if (!closeSent) {
      var _ = channel.writeAndFlush(new PingWebSocketFrame());
    }
  }

  /** The code with which the other side closed. Any thread. */
  int closeCode() {
    return closeCode;
  }

  /** Whether the other side is not listened to because the receiver is behind. */
  boolean isPaused() {
    return paused;
  }

  private void caughtUp() {
    var _ = LoopWork.offer(channel, () -> pause(false));
  }

  private void pause(boolean now) {
    paused = now;
    channel.config().setAutoRead(!now);
    // What had been read already has come by now, and may have made us wait again.
    if (inputEnded && !paused && !ended) {
      abort();
    }
  }

  /** Says goodbye as the server has to end. */
  void drain() {
    close(GOING_AWAY, "the server is ending");
  }

  /** Nothing more comes. */
  private void endInput() {
    inputEnded = true;
    if (ended || closeSent || !paused) {
      abort();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Drain.FINISH) {
      drain();
    } else if (event instanceof ChannelInputShutdownEvent) {
      endInput();
    }
    ctx.fireUserEventTriggered(event);
  }

  /** No handshake was answered, or the connection has ended. */
  void abandon() {
    end(new ConnectionException("the connection has ended"), false);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    patience.stop();
    abandon();
    ReferenceCountUtil.release(newestPing);
    newestPing = null;
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException violation) {
      fail(violation.closeStatus().code(), String.valueOf(violation.getMessage()));
    } else if (isOf(cause, DecompressionException.class)) {
      // Netty has no other sign of its limit than that nothing was wrong with the data.
      if (isOf(cause, DataFormatException.class)) {
        fail(BAD_DATA, "a message cannot be unpacked");
      } else {
        fail(TOO_BIG, "a message is too long when unpacked");
      }
    } else if (isOf(cause, IOException.class)) {
      abort();
    } else {
      LOG.log(Level.ERROR, "WebSocket failed", cause);
      fail(FAILED, "internal error");
    }
  }

  private static boolean isOf(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
