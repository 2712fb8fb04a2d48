package org.incipit.benchmarks.httpbin;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.incipit.server.http.HttpLimits;
import org.incipit.server.http.netty.HttpServer;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.Listener;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;
import org.incipit.server.task.Deadline;

/** The application as a process: {@code httpbin [-l HOST:PORT] [--threads N]}. */
public final class Httpbin implements Closeable {
  private static final int USAGE_ERROR = 2;
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Network network;
  private final HttpServer server;
  private final Listener listener;

  private Httpbin(NetAddress address, int threads) throws IOException {
    network = new Network(threads);
    server = new HttpServer(Routes.router(), HttpLimits.DEFAULT);
    try {
      listener = network.listen(address, ListenLimits.DEFAULT, server);
    } catch (IOException e) {
      server.close();
      network.close();
      throw e;
    }
  }

  /** Serves until the process is told to end; then what is under way finishes, and it exits 0. */
  public static void main(String[] args) {
    try {
      Options options = Options.parse(args);
      Httpbin httpbin = new Httpbin(options.address(), options.threads());
      Runtime.getRuntime().addShutdownHook(new Thread(httpbin::end, "end"));
      System.err.println("listening: " + httpbin.listener.address());
      // The network's threads keep no process alive.
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException | IOException e) {
      System.err.println("ERROR: " + e.getMessage());
      System.exit(USAGE_ERROR);
    } catch (InterruptedException e) {
      System.exit(0);
    }
  }

  private void end() {
    try {
      listener.drain(Deadline.after(DRAIN));
      close();
    } catch (IOException | InterruptedException e) {
      System.err.println("ERROR: " + e.getMessage());
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    server.close();
    network.close();
  }

  /** What the command line says. */
  private record Options(NetAddress address, int threads) {
    static Options parse(String[] args) {
      String address = "127.0.0.1:8080";
      int threads = Runtime.getRuntime().availableProcessors();
      for (int i = 0; i < args.length; i += 2) {
        if (i + 1 == args.length) {
          throw new IllegalArgumentException(args[i] + " needs a value");
        }
        switch (args[i]) {
          case "-l", "--listen" -> address = args[i + 1];
          case "--threads" -> threads = number(args[i + 1]);
          default ->
              throw new IllegalArgumentException(
                  "unknown option " + args[i] + "; there are -l HOST:PORT and --threads N");
        }
      }
      return new Options(NetAddress.parse(address), threads);
    }

    private static int number(String text) {
      if (!text.matches("[0-9]{1,4}")) {
        throw new IllegalArgumentException("--threads must be a number (got \"" + text + "\")");
      }
      return Integer.parseInt(text);
    }
  }
}
