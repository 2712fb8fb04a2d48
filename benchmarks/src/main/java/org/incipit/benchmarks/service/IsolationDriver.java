package org.incipit.benchmarks.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.incipit.benchmarks.IndexCorpus;

/**
 * Small requests beside the worst ones: {@code IsolationDriver CORPUS HOT-CORPUS FOLDER [SECONDS]
 * [SETTING=VALUE...]}. The folder holds the index {@code main} of the corpus ({@link
 * ServiceDriver}), and gets the index {@code hot} of the other, and {@code cold} of a part of the
 * first, unless they are there.
 *
 * <p>In each of several rounds, one client asks for {@code /_health} and one searches {@code main},
 * each a hundred times a second; first with nothing else going on, then while all this happens: 50
 * clients search {@code hot} for hashes that are in every tenth document, 4 search {@code cold},
 * whose pages the kernel takes away all the time, and 1000 requests wait on virtual threads of the
 * same server for a backend that says nothing.
 */
public final class IsolationDriver {
  private static final int WORST = 50;
  private static final int COLD = 4;
  private static final int WAITING = 1000;
  private static final int ROUNDS = 5;
  private static final long PAUSE_NANOS = 5_000_000;
  private static final int QUERIES = 5000;
  private static final int TOGETHER_MILLIS = 500;

  private final ServerProcess server;
  private final ByteBuffer[] small;
  private final ByteBuffer[] cold;
  private final ByteBuffer[] worst;
  private final Form form;
  private final ByteBuffer health = Requests.get("/_health");

  private IsolationDriver(ServerProcess server, Tracks tracks, Form form) {
    this.server = server;
    this.form = form;
    small = tracks.searches(form, Indexes.MAIN, QUERIES);
    cold = new ByteBuffer[QUERIES];
    Arrays.setAll(cold, i -> Requests.patientSearch("cold", tracks.hit(i)));
    int[] hot = new int[IndexCorpus.HOT_TERMS];
    Arrays.setAll(hot, IndexCorpus::hot);
    worst = new ByteBuffer[] {Requests.patientSearch("hot", hot)};
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    List<String> settings =
        new ArrayList<>(Arrays.stream(args).filter(arg -> arg.contains("=")).toList());
    Form form = settings.remove("form=LINES") ? Form.LINES : Form.MSGPACK;
    Path folder = Path.of(args[2]);
    double seconds = args.length > 3 && !args[3].contains("=") ? Double.parseDouble(args[3]) : 6;
    try (Tracks tracks = new Tracks(Path.of(args[0]))) {
      prepare(folder, tracks, Path.of(args[1]));
      // An address that accepts and never answers.
      try (ServerSocket silent = new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress())) {
        settings.add("backend=" + silent.getLocalPort());
        settings.add("cold=" + folder.resolve("index/cold"));
        ConcurrentLinkedQueue<Socket> accepted = new ConcurrentLinkedQueue<>();
        Thread.ofPlatform().daemon().start(() -> accept(silent, accepted));
        try (ServerProcess server = new ServerProcess(folder, settings)) {
          new IsolationDriver(server, tracks, form).run(seconds);
        }
        for (Socket socket : accepted) {
          socket.close();
        }
      }
    }
  }

  private static void prepare(Path folder, Tracks tracks, Path hotCorpus) throws Exception {
    boolean hot = Files.exists(folder.resolve("index/hot"));
    boolean cold = Files.exists(folder.resolve("index/cold"));
    if (hot && cold) {
      return;
    }
    try (ServerProcess server = new ServerProcess(folder, List.of("checkpoint-age-ms=100"));
        Tracks hotTracks = new Tracks(hotCorpus)) {
      if (!hot) {
        Indexes.load(server, "hot", hotTracks);
      }
      if (!cold) {
        Indexes.load(server, "cold", tracks);
      }
    }
  }

  private static void accept(ServerSocket silent, ConcurrentLinkedQueue<Socket> accepted) {
    try {
      while (true) {
        accepted.add(silent.accept());
      }
    } catch (IOException ended) {
      // The driver has closed it.
      return;
    }
  }

  private void run(double seconds) throws Exception {
    measure(2 * seconds);
    worst(2 * seconds);
    List<double[]> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Both idle = measure(seconds);
      Both busy = busy(seconds);
      System.out.println("/_health idle: " + idle.health());
      System.out.println("/_health busy: " + busy.health());
      System.out.println("  search idle: " + idle.search());
      System.out.println("  search busy: " + busy.search());
      rounds.add(
          new double[] {
            ratio(busy.health(), idle.health(), .5),
            ratio(busy.health(), idle.health(), .99),
            ratio(busy.search(), idle.search(), .5),
            ratio(busy.search(), idle.search(), .99)
          });
    }
    System.out.printf(
        "busy to idle, medians of %d rounds: /_health p50 %.2f, p99 %.2f; search p50 %.2f, p99"
            + " %.2f%n",
        ROUNDS, median(rounds, 0), median(rounds, 1), median(rounds, 2), median(rounds, 3));
  }

  private static double ratio(Load.Figures busy, Load.Figures idle, double share) {
    return busy.quantile(share) / idle.quantile(share);
  }

  private static double median(List<double[]> rounds, int column) {
    double[] sorted = rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private record Both(Load.Figures health, Load.Figures search) {}

  private Both measure(double seconds) throws Exception {
    Load[] loads = {
      new Load(server, Form.MSGPACK, PAUSE_NANOS), new Load(server, form, PAUSE_NANOS)
    };
    Load.Figures[] figures = new Load.Figures[2];
    Thread one = thread(() -> figures[0] = loads[0].run(1, seconds, (client, number) -> health));
    Thread other =
        thread(() ->
            figures[1] =
                loads[1].run(1, seconds, (client, number) -> small[number % small.length]));
    one.join();
    other.join();
    return new Both(figures[0], figures[1]);
  }

  private void worst(double seconds) throws Exception {
    Load.Figures figures =
        new Load(server, Form.MSGPACK, 0).run(2, seconds, (client, number) -> worst[0]);
    System.out.println("worst searches, 2 clients, nothing else: " + figures);
  }

  private Both busy(double seconds) throws Exception {
    List<Client> waiting = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      Client client = new Client(server.http(), 1 << 10);
      client.send(Requests.get("/wait"));
      waiting.add(client);
    }
    double during = seconds + 2 * TOGETHER_MILLIS / 1e3;
    Load.Figures[] figures = new Load.Figures[2];
    Load load = new Load(server, Form.MSGPACK, 0);
    Thread worstThread =
        thread(() -> figures[0] = load.run(WORST, during, (client, number) -> worst[0]));
    Thread coldThread =
        thread(() ->
            figures[1] =
                load.run(
                    COLD, during, (client, number) -> cold[(client * 997 + number) % cold.length]));
    Thread.sleep(TOGETHER_MILLIS);
    Both both = measure(seconds);
    worstThread.join();
    coldThread.join();
    for (Client client : waiting) {
      client.close();
    }
    System.out.println("  worst: " + figures[0]);
    System.out.println("  cold:  " + figures[1]);
    return both;
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static Thread thread(Work work) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            work.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
