package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.Match;
import org.incipit.server.http.Method;
import org.incipit.server.net.Drain;
import org.jspecify.annotations.Nullable;

/**
 * A connection: takes one request at a time, in their order, and writes the answers. All of it on
 * its loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");

  private final HttpServer server;
  private final Channel channel;
  private final RequestDecoder decoder;
  private final Patience patience;
  private final Sweep sweep;
  private final WaitingHeads waiting = new WaitingHeads();

  /** The one that is not answered yet. */
  private @Nullable Exchange current;

  /** The one whose body is not complete, answered or not. */
  private @Nullable Exchange receiving;

  /** What came after all that waits, and is answered after it. */
  private @Nullable Malformed last;

  /** Whether the last that waits must be dealt with before what follows can be understood. */
  private boolean lastWaitingComesFirst;

  /** Whether the head of an answer without end is on its way. */
  private boolean endlessBegun;

  private boolean advancing;
  private boolean bodyPaused;
  private boolean inputEnded;
  private boolean ended;
  private volatile boolean draining;

  HttpConnection(HttpServer server, Channel channel, Sweep sweep) {
    this.server = server;
    this.channel = channel;
    this.decoder = new RequestDecoder(server.limits(), this::wantsMore);
    this.patience = new Patience(this, server.limits(), sweep);
    this.sweep = sweep;
  }

  RequestDecoder decoder() {
    return decoder;
  }

  HttpLimits limits() {
    return server.limits();
  }

  BodyMemory bodyMemory() {
    return server.bodyMemory();
  }

  Channel channel() {
    return channel;
  }

  @Nullable Exchange current() {
    return current;
  }

  /** Whether a body comes, or the rest of one that nobody wants. */
  boolean isReceiving() {
    return receiving != null;
  }

  boolean isDraining() {
    return draining;
  }

  /** Whether the decoder may give another request, or more of the body of the last. */
  private boolean wantsMore() {
    if (lastWaitingComesFirst || (current != null && current.mayUpgrade() && receiving == null)) {
      return false;
    }
    if (receiving != null) {
      return true;
    }
    // Who does not take answers gets no more of them.
    return !waiting.isFull(limits()) && (current != null || channel.isWritable());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    patience.start();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ended) {
      ReferenceCountUtil.release(message);
      return;
    }
    switch (message) {
      case HttpRequest head -> {
        patience.headEnded();
        if (current == null && receiving == null && waiting.isEmpty()) {
          begin(head);
        } else {
          waiting.add(head, decoder.headBytes());
          lastWaitingComesFirst =
              Framing.hasBody(head) || head.headers().contains(HttpHeaderNames.UPGRADE);
        }
      }
      case HttpContent content -> receive(content);
      case Malformed malformed -> receive(malformed);
      default -> ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
    if (decoder.isInHead()) {
      patience.headBegun();
    }
    updateReading();
  }

  private void begin(HttpRequest message) {
    try {
      RequestHead head = RequestHead.of(message);
      Method method = head.method();
      if (method == null) {
        throw new HttpError(501, "this server does not know the method " + message.method());
      }
      begin(head, method);
    } catch (HttpError e) {
      refuse(null, new Malformed(e.status(), e.text()));
    }
  }

  private void begin(RequestHead head, Method method) {
    Match match = server.router().find(method, head.path());
    Exchange exchange = new Exchange(this, head, method, match.route(), match.path());
    current = exchange;
    patience.begin(exchange);
    if (head.expectsOther()) {
      refuse(exchange, new Malformed(417, "the only expectation is 100-continue"));
      return;
    }
    if (!head.hasBody()) {
      run(exchange);
      return;
    }
    receiving = exchange;
    if (exchange.intake().isRefused()) {
      exchange.refuseBody();
      run(exchange);
    } else if (exchange.isStreaming()) {
      run(exchange);
    } else {
      sendContinue(exchange);
    }
  }

  /** Runs its handler where that is to run. */
  void run(Exchange exchange) {
    exchange.intake().hold();
    switch (exchange.runsOn()) {
      case EVENT_LOOP -> exchange.run();
      case COMPUTE -> {
        try {
          Executor elsewhere = exchange.elsewhere();
          (elsewhere == null ? server.compute() : elsewhere).execute(exchange);
        } catch (RejectedExecutionException e) {
          exchange.intake().letGo();
          exchange.refuse(ComputeThreads.full());
        }
      }
      case VIRTUAL -> {
        var _ = Thread.startVirtualThread(exchange);
      }
    }
  }

  private void receive(HttpContent content) {
    ByteBuf bytes = content.content();
    Exchange exchange = receiving;
    if (exchange == null) {
      bytes.release();
      return;
    }
    Intake intake = exchange.intake();
    int length = bytes.readableBytes();
    exchange.receive(length);
    boolean wanted = exchange == current;
    if (wanted && (exchange.isStreaming() || !intake.isRefused())) {
      intake.body().add(bytes);
    } else {
      bytes.release();
      intake.drop(length);
      if (wanted && !exchange.isBodyRefused()) {
        exchange.refuseBody();
        run(exchange);
        return;
      }
      if (!wanted && intake.isNotWorthDraining()) {
        close();
        return;
      }
    }
    if (content instanceof LastHttpContent) {
      receiving = null;
      exchange.endBody();
      if (wanted && !exchange.isStreaming() && !exchange.isBodyRefused()) {
        run(exchange);
      } else if (!wanted) {
        advance();
      }
    }
  }

  private void receive(Malformed malformed) {
    Exchange faulty = receiving;
    if (faulty != null && faulty != current) {
      // It is in the body of a request that has its answer.
      end(true);
    } else if (faulty != null) {
      refuse(faulty, malformed);
    } else if (current == null && waiting.isEmpty()) {
      refuse(null, malformed);
    } else {
      last = malformed;
    }
  }

  /** Tells the other side to send its body, if it waits for that. */
  void sendContinue(Exchange exchange) {
    if (exchange == receiving && exchange.intake().takeContinue()) {
      var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(AnswerHead.CONTINUE));
    }
  }

  /** Writes a whole answer. */
  void write(Exchange exchange, ByteBuf out, @Nullable ByteBuf rest, boolean close) {
    if (exchange != current) {
      out.release();
      return;
    }
    var _ = channel.write(out, channel.voidPromise());
    if (rest != null) {
      var _ = channel.write(rest, channel.voidPromise());
    }
    answered(exchange, close);
    if (!decoder.isDecoding()) {
      channel.flush();
    }
  }

  /** Writes a piece of a streamed answer. */
  void write(Exchange exchange, ByteBuf out, Flow flow, boolean last, boolean close) {
    if (exchange != current) {
      out.release();
      flow.fail(new ConnectionException("the answer has been cut off"));
      return;
    }
    int length = out.readableBytes();
    var _ = channel.writeAndFlush(out).addListener(written -> flow.leave(length, written.cause()));
    if (last) {
      answered(exchange, close);
    } else if (exchange.isEndless()) {
      endlessBegun = true;
      if (draining) {
        endEndless(exchange);
      } else if (inputEnded) {
        close();
      }
    }
  }

  /** Ends a stream of events in order; its handler notices when it next writes. */
  private void endEndless(Exchange exchange) {
    current = null;
    exchange.cut("the server is ending", 0);
    var _ = channel.write(exchange.lastOfEndless());
    end(receiving != null);
  }

  /** What a connection becomes with {@link #upgrade}. Any thread. */
  SocketConnection newSocket() {
    return new SocketConnection(channel, limits(), sweep);
  }

  /** Answers a handshake; from then on the connection is a WebSocket. */
  void upgrade(
      Exchange exchange,
      ByteBuf head,
      SocketConnection socket,
      @Nullable WebSocketServerExtension deflate) {
    if (exchange != current) {
      head.release();
      socket.abandon();
      return;
    }
    current = null;
    ended = true;
    patience.stop();
    var _ = channel.writeAndFlush(head);
    exchange.done();
    socket.open(channel.pipeline(), deflate);
    // Frames that came with the request wait in the decoder, and go on from there.
    channel.pipeline().remove(this).remove(decoder);
    if (draining) {
      socket.drain();
    }
    socket.begin(inputEnded);
  }

  private void answered(Exchange exchange, boolean close) {
    current = null;
    endlessBegun = false;
    exchange.done();
    patience.answered();
    boolean tooMuch = receiving != null && exchange.intake().isNotWorthDraining();
    if (close || draining || tooMuch) {
      end(receiving != null);
    } else {
      bodyPaused = false;
      advance();
    }
  }

  /** Takes what waits, one after the other. */
  private void advance() {
    if (advancing || ended) {
      return;
    }
    advancing = true;
    try {
      while (current == null
          && receiving == null
          && !waiting.isEmpty()
          && !ended
          && channel.isWritable()) {
        HttpRequest head = waiting.remove();
        lastWaitingComesFirst &= !waiting.isEmpty();
        begin(head);
      }
      if (last != null && current == null && waiting.isEmpty() && !ended) {
        refuse(null, last);
      }
    } finally {
      advancing = false;
    }
    if (!decoder.isDecoding()) {
      decoder.resume();
      channel.flush();
      updateReading();
      endIfIdle();
    }
  }

  /** Reads from the socket unless something must be dealt with before. */
  private void updateReading() {
    if (inputEnded) {
      // Netty has taken it out of epoll, and would fail to change that.
      return;
    }
    boolean reads = ended || (!bodyPaused && !decoder.isHoldingBack());
    if (reads != channel.config().isAutoRead()) {
      channel.config().setAutoRead(reads);
    }
  }

  /** The reader of a body is behind, or has caught up. */
  void pauseBody(Exchange exchange, boolean paused) {
    if (exchange == receiving) {
      bodyPaused = paused && exchange == current;
      updateReading();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Drain.FINISH) {
      draining = true;
      Exchange exchange = current;
      if (exchange != null && exchange.isEndless() && endlessBegun) {
        endEndless(exchange);
      } else if (exchange == null && waiting.isEmpty()) {
        end(decoder.isHoldingBack());
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (ended || receiving != null || endlessBegun) {
        close();
        return;
      }
      endIfIdle();
    }
    ctx.fireUserEventTriggered(event);
  }

  private void endIfIdle() {
    boolean idle = current == null && waiting.isEmpty() && !decoder.isHoldingBack();
    if (inputEnded && idle && !ended) {
      end(false);
    }
  }

  /** Answers with an error, in place of a handler unless that has begun to, and ends. */
  void refuse(@Nullable Exchange exchange, Malformed malformed) {
    if (exchange != null && !exchange.cut(malformed.reason(), malformed.status())) {
      close();
      return;
    }
    current = null;
    ByteBuf answer =
        exchange == null
            ? AnswerHead.refusal(channel.alloc(), malformed)
            : exchange.refusal(malformed);
    var _ = channel.write(answer, channel.voidPromise());
    end(true);
  }

  /**
   * Closes when all is written.
   *
   * @param unread whether the other side may still be sending, so that closing at once could cost
   *     it the answer
   */
  private void end(boolean unread) {
    ended = true;
    waiting.clear();
    updateReading();
    if (unread) {
      patience.linger();
      var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(Linger.SHUT_OUTPUT);
    } else {
      var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Ends the connection if it is this exchange's turn. */
  void abort(Exchange exchange) {
    if (exchange == current) {
      close();
    }
  }

  void close() {
    ended = true;
    var _ = channel.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (current == null && channel.isWritable()) {
      // Later, since this may be in the middle of writing.
      channel.eventLoop().execute(this::advance);
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended = true;
    waiting.clear();
    patience.stop();
    Exchange exchange = current;
    current = null;
    receiving = null;
    if (exchange != null) {
      exchange.cut("the connection has ended", 0);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean expected = cause instanceof IOException || cause.getCause() instanceof IOException;
    LOG.log(expected ? Level.DEBUG : Level.ERROR, "connection ended", cause);
    close();
  }
}
