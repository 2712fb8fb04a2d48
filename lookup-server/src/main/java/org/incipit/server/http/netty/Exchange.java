package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.System.Logger.Level;
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
import org.incipit.server.task.Deadline;
import org.jspecify.annotations.Nullable;

/** A request and its answer: runs the handler and sees that there is one answer, or none. */
final class Exchange implements Runnable {
  private static final System.Logger LOG = System.getLogger("org.incipit.server.http");

  /** Longer bodies are not copied behind their heads. */
  private static final int COPIED = 32 << 10;

  private static final int HEAD_ROOM = 256;
  private static final int SWITCHING = 101;
  private static final int OPEN = 0;
  private static final int COMMITTED = 1;
  private static final int CUT = 2;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Exchange.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final HttpConnection connection;
  private final RequestHead head;
  private final Route route;
  private final Intake intake;
  private Deadline deadline = Deadline.NONE;
  private volatile long lateAt = Long.MAX_VALUE;
  private final ServerRequest request;
  private final ServerResponse response = new ServerResponse(this);
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

  private volatile boolean closes;
  private volatile boolean endless;

  Exchange(
      HttpConnection connection, RequestHead head, Method method, Route route, Parameters path) {
    this.connection = connection;
    this.head = head;
    this.route = route;
    this.handler = route.handler();
    this.runsOn = route.runsOn();
    this.intake = new Intake(this, head, route, connection.limits(), connection.bodyMemory());
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
    try {
      handleAndAnswer();
    } finally {
      intake.letGo();
    }
  }

  private void handleAndAnswer() {
    if ((int) STATE.getVolatile(this) == CUT) {
      return;
    }
    try {
      if (runsOn == RunsOn.EVENT_LOOP) {
        handler.handle(request, response);
      } else {
        deadline.call(this::handle);
      }
      if (rest != null) {
        handler = rest;
        rest = null;
        connection.run(this);
        return;
      }
      WebSocket.Handler webSocket = route.webSocket();
      if (webSocket != null && response.status() == SWITCHING) {
        upgrade(webSocket);
        return;
      }
      response.end();
      request.close();
    } catch (Throwable e) {
      answer(e);
    }
    deliverHeld();
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
    ByteBuf out = buffer(0);
    AnswerHead.write(
        out, SWITCHING, handshake.headers(), null, AnswerHead.NONE, Persistence.DEFAULT);
    SocketConnection socket = connection.newSocket();
    loop().execute(() -> connection.upgrade(this, out, socket, handshake.deflate()));
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
    if (!deadline.isLimited() && lateAt != Long.MAX_VALUE) {
      deadline = Deadline.after(Duration.ofNanos(lateAt - System.nanoTime()));
    }
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
    switch (failure) {
      case ConnectionException e -> abort();
      case HttpError e -> answer(e);
      case TimeoutException e when deadline.hasPassed() ->
          answer(new HttpError(503, "the answer took too long"));
      case BodyLimitException e -> {
        closes = true;
        answer(new HttpError(413, String.valueOf(e.getMessage())));
      }
      case Unpacking.DamagedException e ->
          answer(new HttpError(400, String.valueOf(e.getMessage())));
      default -> {
        LOG.log(Level.ERROR, route.method() + " " + route.path() + " failed", failure);
        answer(new HttpError(500, "internal error"));
      }
    }
  }

  /** Answers with an error, or ends the connection if it is too late for that. */
  void answer(HttpError error) {
    try {
      if (!response.fail(error)) {
        abort();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no answer to " + route.path(), e);
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
    boolean withBody = hasBody() && length > 0;
    boolean copied = withBody && length <= COPIED;
    boolean close = isLast() || intake.isNotWorthDraining();
    sent = withBody ? length : 0;
    ByteBuf out = buffer(copied ? length : 0);
    head(out, mayHaveBody() ? length : AnswerHead.NONE, close);
    if (copied) {
      out.writeBytes(bytes, 0, length);
    }
    ByteBuf rest = withBody && !copied ? Unpooled.wrappedBuffer(bytes, 0, length) : null;
    EventLoop loop = loop();
    if (loop.inEventLoop()) {
      connection.write(this, out, rest, close);
    } else {
      loop.execute(() -> connection.write(this, out, rest, close));
    }
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
    long length = announced;
    if (announced < 0 && mayHaveBody()) {
      length = head.is11() ? AnswerHead.CHUNKED : AnswerHead.UNTIL_CLOSED;
    }
    closes = isLast() || length == AnswerHead.UNTIL_CLOSED;
    head(out, length, closes);
    return length == AnswerHead.CHUNKED;
  }

  private void head(ByteBuf out, long length, boolean close) {
    Persistence persistence =
        close ? Persistence.CLOSE : head.is11() ? Persistence.DEFAULT : Persistence.KEEP_ALIVE;
    AnswerHead.write(
        out,
        response.status(),
        response.headers(),
        mayHaveBody() || response.status() == 304 ? response.contentType() : null,
        length,
        persistence);
  }

  /** Hands over a piece of a streamed answer; waits while too much is on its way. */
  void piece(ByteBuf out, long body, boolean last) throws IOException {
    Flow way = flow;
    if (way == null) {
      throw new IllegalStateException("no head yet");
    }
    way.enter(out);
    sent = body;
    goesOn();
    boolean close = closes;
    loop().execute(() -> connection.write(this, out, way, last, close));
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
    if (isStreaming() && head.hasBody()) {
      intake.body().fail(new ConnectionException("the request is answered"));
    }
    intake.answered();
    ending.end(new Outcome(response.status(), sent, true));
  }

  private boolean mayHaveBody() {
    return response.status() != 204 && response.status() != 304;
  }

  /** Whether bytes of a body follow the head. */
  boolean hasBody() {
    return mayHaveBody() && request.method() != Method.HEAD;
  }

  ByteBuf buffer(int body) {
    return connection.channel().alloc().ioBuffer(HEAD_ROOM + body);
  }

  /** Whether an answer is on its way. */
  boolean isCommitted() {
    return (int) STATE.getVolatile(this) != OPEN;
  }

  /** Ends the connection, in the middle of whatever there is. Any thread. */
  void abort() {
    loop().execute(() -> connection.abort(this));
  }

  private EventLoop loop() {
    return connection.channel().eventLoop();
  }

  /** The handler wants the body, for which the other side may wait to be told. Any thread. */
  void wantBody() {
    loop().execute(() -> connection.sendContinue(this));
  }

  /** The reader of the body is behind, or has caught up. Any thread. */
  void pauseBody(boolean paused) {
    EventLoop loop = loop();
    if (loop.inEventLoop()) {
      connection.pauseBody(this, paused);
    } else {
      loop.execute(() -> connection.pauseBody(this, paused));
    }
  }

  /** Its time runs from now. On the loop. */
  void begin(long now) {
    Duration budget = connection.limits().requestTimeout();
    lateAt = now + budget.toNanos();
    if (!isUnlimited() && route.runsOn() != RunsOn.EVENT_LOOP) {
      deadline = Deadline.after(budget);
    }
  }

  /** How long its connection may be silent. */
  Duration idleTimeout() {
    return connection.limits().idleTimeout();
  }

  /** Its answer has no end, and so no deadline. */
  void liftDeadline() {
    endless = true;
    deadline.lift();
  }

  /** Whether its answer goes on until somebody leaves. */
  boolean isEndless() {
    return endless;
  }

  /** The end of an answer that has none, as the server has to end. */
  ByteBuf lastOfEndless() {
    return head.is11() && hasBody()
        ? Unpooled.wrappedBuffer(AnswerHead.LAST_CHUNK)
        : Unpooled.EMPTY_BUFFER;
  }

  /** Whether bodies may take as long as they want, if only something of them goes on. */
  private boolean isUnlimited() {
    return route.maxBodyBytes() == Long.MAX_VALUE;
  }

  /** Something of a body has come or gone. Any thread. */
  private void goesOn() {
    if (isUnlimited()) {
      lateAt = System.nanoTime() + connection.limits().requestTimeout().toNanos();
    }
  }

  /** Whether its time is over. */
  boolean isLate(long now) {
    return !endless && now - lateAt > 0;
  }

  /**
   * Takes the answer from the handler. On the loop.
   *
   * @param status answered in its place, 0 for none
   * @return whether none is on its way
   */
  boolean cut(String reason, int status) {
    ConnectionException cause = new ConnectionException(reason);
    intake.body().fail(cause);
    boolean first = STATE.compareAndSet(this, OPEN, CUT);
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
    goesOn();
  }

  /** The body has come to its end. On the loop. */
  void endBody() {
    intake.end();
    if (isUnlimited()) {
      lateAt = Long.MAX_VALUE;
    }
  }
}
