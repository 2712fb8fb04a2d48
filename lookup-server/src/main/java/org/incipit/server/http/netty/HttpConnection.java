package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.net.Drain;
import org.jspecify.annotations.Nullable;

/**
 * A connection: takes requests as they come, has one after the other handled, and writes the
 * answers in their order. All of it on its loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");

  private final HttpServer server;
  private final Channel channel;
  private final RequestDecoder decoder;
  private final Patience patience;
  private final Sweep sweep;
  private final Turns turns = new Turns();
  private final Arrival arrival = new Arrival(this, turns);
  private final Dispatch dispatch;
  private final Reading reading;

  /** Whether the head of an answer without end is on its way. */
  private boolean endlessBegun;

  private boolean advancing;
  private boolean ended;
  private volatile boolean draining;

  HttpConnection(HttpServer server, Channel channel, Sweep sweep, Round round) {
    this.server = server;
    this.channel = channel;
    this.decoder = new RequestDecoder(server.limits(), this::wantsMore);
    this.patience = new Patience(this, server.limits(), sweep);
    this.sweep = sweep;
    this.dispatch = new Dispatch(channel, turns, round);
    this.reading = new Reading(channel, decoder);
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
    return turns.current();
  }

  /** Whether a body comes, or the rest of one that nobody wants. */
  boolean isReceiving() {
    return arrival.isUnderWay();
  }

  boolean isDraining() {
    return draining;
  }

  /** Whether the decoder may give another request, or more of the body of the last. */
  private boolean wantsMore() {
    if (ended) {
      // It is dropped.
      return true;
    }
    if (arrival.isUnderWay()) {
      return !turns.isFull();
    }
    // Who does not take answers gets no more of them.
    return turns.hasRoom(limits()) && (turns.current() != null || channel.isWritable());
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
        take(head);
      }
      case HttpContent content -> arrival.add(content);
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
    reading.update(ended);
  }

  private void take(HttpRequest message) {
    try {
      Exchange exchange = server.exchange(this, message, decoder.available());
      if (turns.isEmpty() && !arrival.isUnderWay()) {
        begin(exchange);
      } else {
        turns.add(exchange, decoder.headBytes());
        if (exchange.intake().isAtHand() && !turns.isFull()) {
          arrival.begin(exchange);
        }
      }
    } catch (HttpError e) {
      receive(new Malformed(e.status(), e.text()));
    }
  }

  /** It is its turn. */
  private void begin(Exchange exchange) {
    turns.begin(exchange);
    patience.begin(exchange);
    if (exchange.expectsOther()) {
      refuse(exchange, new Malformed(417, "the only expectation is 100-continue"));
      return;
    }
    if (exchange.intake().isComplete()) {
      run(exchange);
      return;
    }
    arrival.begin(exchange);
    exchange.intake().ask();
    if (exchange.intake().isRefused()) {
      exchange.refuseBody();
      run(exchange);
    } else if (exchange.intake().isStreamed()) {
      run(exchange);
    } else {
      sendContinue(exchange);
    }
  }

  /** Its turn goes on in another place. */
  void runOn(Exchange exchange) {
    if (exchange == turns.current()) {
      turns.unchain();
      run(exchange);
    } else {
      exchange.intake().letGo();
    }
  }

  /** Runs its handler where that is to run. */
  void run(Exchange exchange) {
    switch (exchange.runsOn()) {
      case EVENT_LOOP -> exchange.run();
      case COMPUTE -> server.compute(exchange);
      case VIRTUAL -> dispatch.start();
    }
  }

  private void receive(Malformed malformed) {
    Exchange faulty = arrival.exchange();
    if (faulty != null && faulty != turns.current()) {
      // It is in the body of a request that has its answer.
      end(true);
    } else if (faulty != null) {
      refuse(faulty, malformed);
    } else if (turns.isEmpty()) {
      refuse(null, malformed);
    } else {
      turns.setLast(malformed);
    }
  }

  /** Tells the other side to send its body, if it waits for that. */
  void sendContinue(Exchange exchange) {
    if (exchange == arrival.exchange() && exchange.intake().takeContinue()) {
      var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(AnswerHead.CONTINUE));
    }
  }

  /** Writes a whole answer. */
  void write(Exchange exchange, ByteBuf out, ByteBuf rest, boolean close) {
    if (exchange != turns.current()) {
      out.release();
      return;
    }
    var _ = channel.write(out, channel.voidPromise());
    if (rest.isReadable()) {
      var _ = channel.write(rest, channel.voidPromise());
    }
    answered(exchange, close);
  }

  /** Writes a piece of a streamed answer. */
  void write(Exchange exchange, ByteBuf out, Flow flow, boolean last, boolean close) {
    if (exchange != turns.current()) {
      out.release();
      flow.fail(new ConnectionException("the answer has been cut off"));
      return;
    }
    int length = out.readableBytes();
    var _ = channel.writeAndFlush(out).addListener(written -> flow.leave(length, written.cause()));
    if (last) {
      answered(exchange, close);
    } else if (exchange.time().isEndless()) {
      endlessBegun = true;
      if (draining) {
        endEndless(exchange);
      } else if (reading.isEnded()) {
        close();
      }
    }
  }

  /** Ends a stream of events in order; its handler notices when it next writes. */
  private void endEndless(Exchange exchange) {
    turns.clear("the server is ending");
    var _ = channel.write(exchange.shape().lastOfEndless());
    end(arrival.isUnderWay());
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
    if (exchange != turns.current()) {
      head.release();
      socket.abandon();
      return;
    }
    var _ = turns.end();
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
    socket.begin(reading.isEnded());
  }

  private void answered(Exchange exchange, boolean close) {
    Exchange next = turns.end();
    endlessBegun = false;
    dispatch.progress();
    exchange.done();
    patience.answered();
    boolean tooMuch = arrival.isUnderWay() && exchange.intake().isNotWorthDraining();
    // What is chained may have run already.
    if (close || (draining && next == null) || tooMuch) {
      end(arrival.isUnderWay());
      return;
    }
    if (next != null) {
      patience.begin(next);
    }
    reading.pauseBody(false);
    if (!decoder.isDecoding()) {
      dispatch.flush();
    }
    advance();
  }

  /** Takes what waits, one after the other. */
  void advance() {
    if (advancing || ended) {
      return;
    }
    advancing = true;
    try {
      while (!arrival.isUnderWay() && !ended && channel.isWritable()) {
        Exchange next = turns.poll();
        if (next == null) {
          break;
        }
        begin(next);
      }
      Malformed last = turns.last();
      if (last != null && turns.isEmpty() && !ended) {
        refuse(null, last);
      }
    } finally {
      advancing = false;
    }
    if (!decoder.isDecoding()) {
      decoder.resume();
      dispatch.flush();
      reading.update(ended);
      if (reading.isEnded() && arrival.isUnderWay() && !decoder.isHoldingBack()) {
        // The rest of it can never come.
        close();
      }
      endIfIdle();
    }
  }

  /** The reader of a body is behind, or has caught up. */
  void pauseBody(Exchange exchange, boolean paused) {
    if (exchange == arrival.exchange()) {
      reading.pauseBody(paused && exchange == turns.current());
      reading.update(ended);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Drain.FINISH) {
      draining = true;
      Exchange exchange = turns.current();
      if (exchange != null && exchange.time().isEndless() && endlessBegun) {
        endEndless(exchange);
      } else if (turns.isEmpty()) {
        end(decoder.isHoldingBack() || arrival.isUnderWay());
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      reading.end();
      if (ended) {
        // Behind what is still to be written.
        var _ =
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        return;
      }
      if (arrival.isUnderWay() || endlessBegun) {
        close();
        return;
      }
      endIfIdle();
    }
    ctx.fireUserEventTriggered(event);
  }

  private void endIfIdle() {
    boolean idle = turns.isEmpty() && !decoder.isHoldingBack();
    if (reading.isEnded() && idle && !ended) {
      end(false);
    }
  }

  /** Answers with an error, in place of a handler unless that has begun to, and ends. */
  void refuse(@Nullable Exchange exchange, Malformed malformed) {
    if (exchange != null && !exchange.cut(malformed.reason(), malformed.status())) {
      // A whole answer that is on its way here is better than none, unless its body is in disorder.
      if (!exchange.isLeaving() || exchange == arrival.exchange()) {
        close();
      }
      return;
    }
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
    turns.clear("the connection is ending");
    reading.update(ended);
    if (unread) {
      patience.linger();
      var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(Linger.SHUT_OUTPUT);
    } else {
      var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Ends the connection if it is this exchange's turn. */
  void abort(Exchange exchange) {
    if (exchange == turns.current()) {
      close();
    }
  }

  /** Closes in the middle of whatever there is; whole answers before that still leave. */
  void close() {
    ended = true;
    channel.flush();
    var _ = channel.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (turns.current() == null && channel.isWritable()) {
      // Later, since this may be in the middle of writing.
      channel.eventLoop().execute(this::advance);
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended = true;
    patience.stop();
    arrival.forget();
    turns.clear("the connection has ended");
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean expected = cause instanceof IOException || cause.getCause() instanceof IOException;
    LOG.log(expected ? Level.DEBUG : Level.ERROR, "connection ended", cause);
    close();
  }
}
