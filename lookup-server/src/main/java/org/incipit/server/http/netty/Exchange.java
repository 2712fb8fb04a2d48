package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.incipit.server.http.BodyLimitException;
import org.incipit.server.http.ErrorAnswer;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Parameters;
import org.incipit.server.http.Response.Outcome;
import org.incipit.server.http.Route;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.WebSocket;
import org.incipit.server.http.netty.AnswerHead.Persistence;
import org.jspecify.annotations.Nullable;

/** A request and its answer: runs the handler and sees that there is one answer, or none. */
final class Exchange implements Runnable {
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");

  private static final int SWITCHING = 101;
  private static final int OPEN = 0;
  private static final int COMMITTED = 1;
  private static final int CUT = 2;
  private static final VarHandle STATE;
  private static final VarHandle CLAIMED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Exchange.class, "state", int.class);
      CLAIMED = lookup.findVarHandle(Exchange.class, "claimed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final HttpConnection connection;
  private final RequestHead head;
  private final Route route;
  private final Intake intake;
  private final RequestTime time;
  private final ServerRequest request;
  private final ServerResponse response = new ServerResponse(this);
  private final AnswerShape shape;
  private volatile @Nullable Flow flow;
  private byte @Nullable [] held;
  private int heldLength;
  private final Ending ending = new Ending();
  private Handler handler;
  private RunsOn runsOn;
  private @Nullable Handler rest;
  private @Nullable Executor elsewhere;
  private boolean bodyRefused;

  /** Of the answer's body, handed to the network. */
  private volatile long sent;

  @SuppressWarnings("unused") // through STATE
  private volatile int state;

  @SuppressWarnings("unused") // through CLAIMED
  private volatile boolean claimed;

  private volatile boolean closes;
  private boolean leadsOn;

  /**
   * Has not begun.
   *
   * @param available bytes behind the head that are there already
   */
  Exchange(
      HttpConnection connection,
      RequestHead head,
      Method method,
      Route route,
      Parameters path,
      int available) {
    this.connection = connection;
    this.head = head;
    this.route = route;
    this.handler = route.handler();
    this.runsOn = route.runsOn();
    this.intake =
        new Intake(this, head, route, connection.limits(), connection.bodyMemory(), available);
    this.time =
        new RequestTime(
            connection.limits().requestTimeout(), route.maxBodyBytes() == Long.MAX_VALUE);
    this.shape = new AnswerShape(connection.channel().alloc(), head, response);
    this.request = new ServerRequest(connection.channel(), head, method, route, path, intake);
  }

  Route route() {
    return route;
  }

  Intake intake() {
    return intake;
  }

  /** Whether what the handler writes goes out at once. */
  boolean isStreaming() {
    return route.runsOn() == RunsOn.VIRTUAL;
  }

  @Override
  public void run() {
    intake.hold();
    boolean over = true;
    try {
      over = handleAndAnswer();
    } finally {
      if (over) {
        intake.letGo();
      }
    }
  }

  /** False if that goes on elsewhere. */
  private boolean handleAndAnswer() {
    if ((int) STATE.getVolatile(this) == CUT) {
      return true;
    }
    try {
      if (runsOn == RunsOn.EVENT_LOOP) {
        handler.handle(request, response);
      } else {
        time.deadline().call(this::handle);
      }
      if (rest != null) {
        handler = rest;
        rest = null;
        return !onLoop(() -> connection.runOn(this));
      }
      WebSocket.Handler webSocket = route.webSocket();
      if (webSocket != null && response.status() == SWITCHING) {
        upgrade(webSocket);
        return true;
      }
      response.end();
      request.close();
    } catch (Throwable e) {
      answer(e);
    }
    deliverHeld();
    return true;
  }

  private @Nullable Void handle() throws Exception {
    handler.handle(request, response);
    return null;
  }

  /** Makes a WebSocket of the connection, and runs its handler, for which there is no deadline. */
  private void upgrade(WebSocket.Handler handler) throws HttpError, IOException {
    Handshake handshake =
        Handshake.of(head, response.headers(), connection.limits().maxFrameBytes());
    if (!STATE.compareAndSet(this, OPEN, COMMITTED)) {
      throw new ConnectionException("the time for an answer is over");
    }
    ByteBuf out = shape.buffer(0);
    AnswerHead.write(
        out, SWITCHING, handshake.headers(), null, AnswerHead.NONE, Persistence.DEFAULT);
    SocketConnection socket = connection.newSocket();
    if (!later(() -> connection.upgrade(this, out, socket, handshake.deflate()))) {
      out.release();
      throw ConnectionException.ofNetwork();
    }
    socket.socket().run(handler, request);
  }

  /** Whether what follows on the connection may not be HTTP. */
  boolean mayUpgrade() {
    return route.webSocket() != null;
  }

  /** Where it runs next. */
  RunsOn runsOn() {
    return runsOn;
  }

  /** What it was handed over to, if it was. */
  @Nullable Executor elsewhere() {
    return elsewhere;
  }

  /** Runs this, in what is left of its time, when the present handler has returned. */
  void handOver(Executor where, Handler further) {
    if (rest != null) {
      throw new IllegalStateException("handed over already");
    }
    rest = further;
    elsewhere = where;
    runsOn = RunsOn.COMPUTE;
  }

  /** Takes the right to run this; one does. */
  boolean claim() {
    return CLAIMED.compareAndSet(this, false, true);
  }

  /** Whether it is answered, and the connection goes on with the next. After it has run. */
  boolean leadsOn() {
    return leadsOn;
  }

  /** Whether it can be run without asking for more, and what follows be understood before. */
  boolean isSelfContained() {
    return (!head.hasBody() || intake.isAtHand())
        && !head.expectsOther()
        && !mayUpgrade()
        && !head.message().headers().contains(HttpHeaderNames.UPGRADE);
  }

  private void deliverHeld() {
    byte[] whole = held;
    if (whole != null) {
      held = null;
      deliver(whole, heldLength);
    }
  }

  /** Answers in place of the handler, which has not run. On the loop. */
  void refuse(HttpError error) {
    answer(error);
    deliverHeld();
  }

  /** Whether what it expects is more than anybody grants. */
  boolean expectsOther() {
    return head.expectsOther();
  }

  /**
   * The body is too long, or finds no room; what is left of it is not waited for. The handler is to
   * run: if it asks for the body it gets this error, so that the answer is that of its group. On
   * the loop.
   */
  void refuseBody() {
    closes = true;
    bodyRefused = true;
    request.refuseBody(intake.refuse());
  }

  /** Whether nobody waits for the rest of the body. On the loop. */
  boolean isBodyRefused() {
    return bodyRefused;
  }

  private void answer(Throwable failure) {
    if (failure instanceof ConnectionException) {
      abort();
      return;
    }
    closes |= failure instanceof BodyLimitException;
    boolean late = failure instanceof TimeoutException && time.deadline().hasPassed();
    answer(late ? route.errors().late() : Failure.errorOf(failure, route));
  }

  /** Answers with an error, or ends the connection if it is too late for that. */
  void answer(HttpError error) {
    try {
      if (!response.fail(error)) {
        abort();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "no answer to " + route.path(), e);
      abort();
    }
  }

  /** What is said of an error to who has sent this request. */
  ErrorAnswer written(HttpError error) {
    return route.errors().write(request, error);
  }

  /** The answer in place of the handler's, from which it has been taken. On the loop. */
  ByteBuf refusal(Malformed what) {
    return AnswerHead.refusal(
        connection.channel().alloc(),
        what.status(),
        written(new HttpError(what.status(), what.reason())),
        request.method() == Method.HEAD);
  }

  /** The handler has given its whole answer. */
  void whole(byte[] bytes, int length) throws IOException {
    long announced = response.contentLength();
    if (announced >= 0 && announced != length && hasBody()) {
      closes = true;
      throw new IOException(
          "the answer's Content-Length is " + announced + ", written were " + length);
    }
    if (isStreaming()) {
      deliver(bytes, length);
    } else {
      held = bytes;
      heldLength = length;
    }
  }

  private void deliver(byte[] bytes, int length) {
    if (!STATE.compareAndSet(this, OPEN, COMMITTED)) {
      return;
    }
    boolean close = isLast() || intake.isNotWorthDraining();
    sent = hasBody() ? length : 0;
    boolean leaves = false;
    try {
      ByteBuf out = shape.whole(bytes, length, close);
      ByteBuf rest = shape.rest(bytes, length);
      leadsOn = !close && runsOn == RunsOn.VIRTUAL;
      leaves = true;
      if (!onLoop(() -> connection.write(this, out, rest, close))) {
        out.release();
      }
    } finally {
      if (!leaves) {
        // There is no other answer any more.
        abort();
      }
    }
  }

  /** False if the loop has ended. */
  private boolean onLoop(Runnable action) {
    if (connection.channel().eventLoop().inEventLoop()) {
      action.run();
      return true;
    }
    return later(action);
  }

  private boolean later(Runnable action) {
    return LoopWork.offer(connection.channel(), action);
  }

  /**
   * Writes the head of a streamed answer.
   *
   * @param announced length, or {@link AnswerHead#NONE}
   * @return whether the body must be chunked
   */
  boolean head(ByteBuf out, long announced) throws IOException {
    flow = new Flow();
    if (!STATE.compareAndSet(this, OPEN, COMMITTED)) {
      out.release();
      throw new ConnectionException("the time for an answer is over");
    }
    long length = shape.framing(announced);
    closes = isLast() || length == AnswerHead.UNTIL_CLOSED;
    shape.head(out, length, closes);
    return length == AnswerHead.CHUNKED;
  }

  /** Hands over a piece of a streamed answer; waits while too much is on its way. */
  void piece(ByteBuf out, long body, boolean last) throws IOException {
    Flow way = flow;
    if (way == null) {
      throw new IllegalStateException("no head yet");
    }
    way.enter(out);
    sent = body;
    time.goesOn();
    boolean close = closes;
    leadsOn = last && !close && runsOn == RunsOn.VIRTUAL;
    if (!later(() -> connection.write(this, out, way, last, close))) {
      out.release();
      throw ConnectionException.ofNetwork();
    }
  }

  /** Whether the connection ends with this answer. */
  private boolean isLast() {
    return closes
        || response.closes()
        || !head.keepsAlive()
        || connection.isDraining()
        || intake.isContinuePending();
  }

  void whenDone(Consumer<Outcome> action) {
    ending.call(action);
  }

  /** The answer is with the network. On the loop. */
  void done() {
    if (intake.isStreamed()) {
      intake.body().fail(new ConnectionException("the request is answered"));
    }
    intake.answered();
    ending.end(new Outcome(response.status(), sent, true));
  }

  /** Whether bytes of a body follow the head. */
  boolean hasBody() {
    return shape.hasBody();
  }

  AnswerShape shape() {
    return shape;
  }

  /** Whether an answer is on its way. */
  boolean isCommitted() {
    return (int) STATE.getVolatile(this) != OPEN;
  }

  /** Whether the whole answer is on its way to the loop, so that it is too late for another. */
  boolean isLeaving() {
    return (int) STATE.getVolatile(this) == COMMITTED && flow == null;
  }

  /** Ends the connection, in the middle of whatever there is. Any thread. */
  void abort() {
    var _ = later(() -> connection.abort(this));
  }

  /** The handler wants the body, for which the other side may wait to be told. Any thread. */
  void wantBody() {
    var _ = later(() -> connection.sendContinue(this));
  }

  /** The reader of the body is behind, or has caught up. Any thread. */
  void pauseBody(boolean paused) {
    var _ = onLoop(() -> connection.pauseBody(this, paused));
  }

  /** How long its connection may be silent. */
  Duration idleTimeout() {
    return connection.limits().idleTimeout();
  }

  RequestTime time() {
    return time;
  }

  /**
   * Takes the answer from the handler. On the loop.
   *
   * @param status answered in its place, 0 for none
   * @return whether none is on its way
   */
  boolean cut(String reason, int status) {
    boolean first = STATE.compareAndSet(this, OPEN, CUT);
    ConnectionException cause = new ConnectionException(reason);
    intake.body().fail(cause);
    Flow way = flow;
    if (way != null) {
      way.fail(cause);
    }
    intake.answered();
    boolean answered = first && status > 0;
    ending.end(new Outcome(first ? status : response.status(), sent, answered));
    return first;
  }

  /** Bytes of the body have come. On the loop. */
  void receive(int bytes) {
    intake.receive(bytes);
    time.goesOn();
  }

  /** The body has come to its end. On the loop. */
  void endBody() {
    intake.end();
    time.stop();
  }
}
