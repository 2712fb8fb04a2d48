package org.incipit.server.net;

import java.io.Closeable;
import java.io.IOException;
import org.incipit.server.task.Deadline;

/**
 * An address on which connections are accepted, and those connections. Ends in three steps, each of
 * which includes those before it: {@link #stop}, {@link #drain}, {@link #close}. Any thread but an
 * event loop.
 */
public final class Listener implements Closeable {
  private final Binding.Bound bound;
  private final Connections connections;

  Listener(Binding.Bound bound, Connections connections) {
    this.bound = bound;
    this.connections = connections;
  }

  /** Where it listens, with the port it got. */
  public NetAddress address() {
    return bound.address();
  }

  /** Connections that are open now. */
  public int open() {
    return connections.open();
  }

  /** Connections accepted until now. */
  public long accepted() {
    return connections.accepted();
  }

  /** Connections closed because there were too many. */
  public long refused() {
    return connections.refused();
  }

  /** Accepts no more connections; a socket's file is removed. Those that are open go on. */
  public void stop() throws IOException {
    // First the file: nobody shall find it and then be refused.
    SocketFile file = bound.file();
    if (file != null) {
      file.remove();
    }
    bound.channel().close().awaitUninterruptibly();
  }

  /**
   * Accepts no more, lets each connection finish what it is doing, and closes at the deadline those
   * that have not.
   *
   * @return whether all have finished
   * @throws InterruptedException after the rest has been closed
   */
  public boolean drain(Deadline deadline) throws IOException, InterruptedException {
    try {
      stop();
      connections.finish();
      return connections.awaitGone(deadline);
    } finally {
      connections.closeAll();
    }
  }

  /** Accepts no more and closes all connections. */
  @Override
  public void close() throws IOException {
    try {
      stop();
    } finally {
      connections.closeAll();
    }
  }
}
