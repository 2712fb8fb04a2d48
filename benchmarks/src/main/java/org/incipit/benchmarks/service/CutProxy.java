package org.incipit.benchmarks.service;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between a server and its database, and can come between them. */
final class CutProxy implements Closeable {
  private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition passes = lock.newCondition();
  private boolean swallows;

  /** Passes on to a port. */
  CutProxy(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException closed) {
        cut();
      }
    }
  }

  private void connect(Socket client) {
    try {
      pause();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      Thread.ofVirtual().start(() -> pass(server, client));
      pass(client, server);
    } catch (IOException nobody) {
      close(client);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[1 << 14];
    try {
      for (int read = from.getInputStream().read(bytes);
          read > 0;
          read = from.getInputStream().read(bytes)) {
        pause();
        to.getOutputStream().write(bytes, 0, read);
      }
    } catch (IOException ended) {
      close(to);
    }
    close(from);
    close(to);
  }

  /** Waits while nothing is to come through. */
  private void pause() {
    lock.lock();
    try {
      while (swallows) {
        passes.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing comes through any more, without anybody being told. */
  void swallow(boolean all) {
    lock.lock();
    try {
      swallows = all;
      passes.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Resets all connections. */
  void cut() {
    open.forEach(this::close);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    swallow(false);
    cut();
  }
}
