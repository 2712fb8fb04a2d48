package org.incipit.benchmarks.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * What connections cost that do nothing, and whether they disturb one that does: {@code IdleDriver
 * CORPUS FOLDER [CONNECTIONS [SECONDS]]}, the folder as {@link ServiceDriver} makes it. First so
 * many idle connections over HTTP, then with the line protocol, then 500 that send a byte of a
 * request every second.
 */
public final class IdleDriver {
  private static final int SLOW = 500;
  private static final int SLOW_SECONDS = 15;
  private static final int HEAD_SECONDS = 10;
  private static final int QUERIES = 5000;

  private final ServerProcess server;
  private final ByteBuffer[] searches;
  private final double seconds;

  private IdleDriver(ServerProcess server, ByteBuffer[] searches, double seconds) {
    this.server = server;
    this.searches = searches;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    int connections = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
    double seconds = args.length > 3 ? Double.parseDouble(args[3]) : 5;
    List<String> settings =
        List.of("idle-timeout-ms=600000", "head-timeout-ms=" + HEAD_SECONDS * 1000);
    try (Tracks tracks = new Tracks(Path.of(args[0]));
        ServerProcess server = new ServerProcess(Path.of(args[1]), settings)) {
      ByteBuffer[] searches = tracks.searches(Form.MSGPACK, Indexes.MAIN, QUERIES);
      IdleDriver driver = new IdleDriver(server, searches, seconds);
      driver.active(20);
      driver.idle("HTTP", server.http(), connections, Requests.get("/_health"));
      driver.idle("line protocol", server.lines(), connections, Requests.line("echo"));
      driver.slow();
    }
  }

  private Load.Figures active(double during) throws IOException, InterruptedException {
    return new Load(server, Form.MSGPACK, 0)
        .run(1, during, (client, number) -> searches[number % searches.length]);
  }

  /** Connections that have asked something once. */
  private void idle(String kind, int port, int count, ByteBuffer first)
      throws IOException, InterruptedException {
    long heap = server.heapBytes();
    long resident = server.residentBytes();
    long threads = server.threads();
    Load.Figures before = active(seconds);
    List<Client> idle = open(port, count, first);
    try {
      long heapThen = server.heapBytes();
      System.out.printf(
          "%d idle connections, %s: %d bytes of heap each, %d bytes of resident memory each,"
              + " threads %d -> %d%n",
          count,
          kind,
          (heapThen - heap) / count,
          (server.residentBytes() - resident) / count,
          threads,
          server.threads());
      double cpu = server.cpuSeconds();
      Thread.sleep(5000);
      System.out.printf(
          "  CPU of the server meanwhile: %.4f s a second%n", (server.cpuSeconds() - cpu) / 5);
      compare(before, active(seconds));
    } finally {
      close(idle);
    }
  }

  private static void compare(Load.Figures before, Load.Figures now) {
    System.out.println("  an active one before: " + before);
    System.out.println("  beside them:          " + now);
  }

  private List<Client> open(int port, int count, ByteBuffer first) throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Client client = new Client(port, 1 << 10);
      clients.add(client);
      if (port == server.http()) {
        client.ask(first);
      } else {
        client.askLine(first);
      }
    }
    return clients;
  }

  private static void close(List<Client> clients) throws IOException {
    for (Client client : clients) {
      client.close();
    }
  }

  /** Connections that send a request a byte a second. */
  private void slow() throws Exception {
    Load.Figures before = active(seconds);
    ByteBuffer head = Requests.get("/_health");
    Client[] clients = new Client[SLOW];
    double[] lasted = new double[SLOW];
    long start = System.nanoTime();
    for (int i = 0; i < SLOW; i++) {
      clients[i] = new Client(server.http(), 1 << 10);
    }
    Thread drip =
        Thread.ofVirtual()
            .start(() -> {
              for (int second = 0; second < SLOW_SECONDS; second++) {
                for (int i = 0; i < SLOW; i++) {
                  drip(clients, lasted, i, head.slice(second, 1), start);
                }
                pause(start, second + 1);
              }
            });
    Load.Figures beside = active(Math.min(seconds, HEAD_SECONDS - 1));
    drip.join();
    Arrays.sort(lasted);
    System.out.printf(
        "%d that send a byte a second: cut off after %.1f to %.1f s, the limit is %d s%n",
        SLOW, lasted[0], lasted[SLOW - 1], HEAD_SECONDS);
    compare(before, beside);
  }

  private static void drip(Client[] clients, double[] lasted, int i, ByteBuffer one, long start) {
    if (lasted[i] > 0) {
      return;
    }
    try {
      clients[i].send(one);
      if (!clients[i].isAnswered()) {
        return;
      }
    } catch (IOException cutOff) {
      // Closed before it could be asked.
      one.clear();
    }
    lasted[i] = (System.nanoTime() - start) / 1e9;
    closed(clients[i]);
  }

  private static void closed(Client client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause(long start, int second) {
    long left = start + second * 1_000_000_000L - System.nanoTime();
    LockSupport.parkNanos(left);
  }
}
