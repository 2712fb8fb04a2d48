package org.incipit.benchmarks;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.incipit.server.net.Connection;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.Listener;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;
import org.incipit.server.net.Protocol;
import org.incipit.server.task.TaskGroup;

/**
 * The network runtime beside Go's, in turns, with the same load: 64 bytes there and back on 1 000
 * connections, 100 000 tasks spawned and joined, values through a channel; then what 10 000 idle
 * connections hold. Prints medians. Argument: the program built from {@code peers/runtime.go}.
 */
public final class RuntimeDriver {
  private static final int ROUNDS = 5;
  private static final int MESSAGE = 64;
  private static final int TASKS = 100_000;
  private static final int VALUES = 500_000;
  private static final int IDLE = 10_000;

  private final String peer;
  private final int seconds;

  private RuntimeDriver(String peer, int seconds) {
    this.peer = peer;
    this.seconds = seconds;
  }

  /** Runs all: PEER [SECONDS]. */
  public static void main(String[] args) throws Exception {
    RuntimeDriver driver =
        new RuntimeDriver(args[0], args.length > 1 ? Integer.parseInt(args[1]) : 3);
    driver.compare("spawn and join", TASKS, RuntimeDriver::spawn, "spawn", "" + TASKS);
    for (int capacity : new int[] {1, 128}) {
      driver.compare(
          "hand-off, capacity " + capacity,
          VALUES,
          () -> handOff(capacity),
          "handoff",
          "" + VALUES,
          "" + capacity);
    }
    driver.compare("there and back", VALUES, RuntimeDriver::thereAndBack, "pingpong", "" + VALUES);
    driver.roundTrips();
    driver.idle();
  }

  private interface Body {
    void run() throws Exception;
  }

  private static void spawn() throws Exception {
    try (TaskGroup group = new TaskGroup()) {
      for (int i = 0; i < TASKS; i++) {
        var _ = group.spawn(() -> null);
      }
      group.join();
    }
  }

  private static void handOff(int capacity) throws Exception {
    var values = new org.incipit.server.task.Channel<Integer>(capacity);
    try (TaskGroup group = new TaskGroup()) {
      var _ =
          group.spawn(() -> {
            for (int i = 0; i < VALUES; i++) {
              values.send(i);
            }
            values.close();
            return null;
          });
      var _ =
          group.spawn(() -> {
            int count = 0;
            while (values.receive() != null) {
              count++;
            }
            if (count != VALUES) {
              throw new IllegalStateException("received " + count);
            }
            return null;
          });
      group.join();
    }
  }

  private static void thereAndBack() throws Exception {
    var there = new org.incipit.server.task.Channel<Integer>(1);
    var back = new org.incipit.server.task.Channel<Integer>(1);
    try (TaskGroup group = new TaskGroup()) {
      var _ =
          group.spawn(() -> {
            for (Integer value = there.receive(); value != null; value = there.receive()) {
              back.send(value);
            }
            return null;
          });
      var _ =
          group.spawn(() -> {
            for (int i = 0; i < VALUES; i++) {
              there.send(i);
              back.receive();
            }
            there.close();
            return null;
          });
      group.join();
    }
  }

  private void compare(String name, int operations, Body ours, String... theirs) throws Exception {
    for (int i = 0; i < 2 * ROUNDS; i++) {
      ours.run();
    }
    List<double[]> mine = new ArrayList<>();
    List<double[]> others = new ArrayList<>();
    List<String> command = new ArrayList<>(List.of(peer));
    command.addAll(List.of(theirs));
    command.add("3");
    for (int i = 0; i < ROUNDS; i++) {
      long cpu = ProcessCpu.nanos();
      long begin = System.nanoTime();
      ours.run();
      mine.add(
          new double[] {
            (double) (System.nanoTime() - begin) / operations,
            (double) (ProcessCpu.nanos() - cpu) / operations
          });
      List<String> lines = output(command);
      others.add(numbers(lines.getLast()));
    }
    print(name, "ns each", mine, others);
  }

  private void roundTrips() throws Exception {
    List<double[]> straight = new ArrayList<>();
    List<double[]> loop = new ArrayList<>();
    List<double[]> go = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      straight.add(ours(Connection.protocol(Duration.ofMinutes(1), RuntimeDriver::echo)));
      loop.add(ours(RuntimeDriver::echoOnLoop));
      go.add(theirs());
    }
    String what = "µs CPU, then trips/s, p50 and p99 in µs";
    System.out.println("64 bytes there and back, 1000 connections: " + what);
    System.out.println("  Connection on virtual threads " + Arrays.toString(medians(straight)));
    System.out.println("  handler on the event loop     " + Arrays.toString(medians(loop)));
    System.out.println("  Go                            " + Arrays.toString(medians(go)));
  }

  private static void echo(Connection connection) throws IOException {
    byte[] message = new byte[MESSAGE];
    int have = 0;
    while (true) {
      int count = connection.read(message, have, MESSAGE - have);
      if (count < 0) {
        return;
      }
      have += count;
      if (have == MESSAGE) {
        connection.write(message);
        have = 0;
      }
    }
  }

  private static void echoOnLoop(Channel channel) {
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                var _ = context.writeAndFlush(message);
              }
            });
  }

  private double[] ours(Protocol protocol) throws Exception {
    try (Network network = new Network(Runtime.getRuntime().availableProcessors());
        Listener listener =
            network.listen(NetAddress.parse("127.0.0.1:0"), ListenLimits.DEFAULT, protocol)) {
      int port = ((NetAddress.Tcp) listener.address()).port();
      load(port, 1);
      long cpu = ProcessCpu.nanos();
      double[] trips = load(port, seconds);
      return figures(trips, ProcessCpu.nanos() - cpu);
    }
  }

  private double[] theirs() throws Exception {
    Process server = new ProcessBuilder(peer, "serve").redirectErrorStream(true).start();
    try (BufferedReader answers = server.inputReader();
        var ask = server.outputWriter()) {
      int port = Integer.parseInt(answers.readLine());
      load(port, 1);
      ask.write("\n");
      ask.flush();
      long cpu = Long.parseLong(answers.readLine());
      double[] trips = load(port, seconds);
      ask.write("\n");
      ask.flush();
      return figures(trips, Long.parseLong(answers.readLine()) - cpu);
    } finally {
      server.destroy();
    }
  }

  private double[] figures(double[] trips, long cpuNanos) {
    return new double[] {cpuNanos / trips[0] / 1000, trips[0] / seconds, trips[1], trips[2]};
  }

  private double[] load(int port, int during) throws IOException {
    return numbers(output(List.of(peer, "load", "" + port, "1000", "" + during)).getLast());
  }

  private void idle() throws Exception {
    Protocol protocol = Connection.protocol(Duration.ofMinutes(10), RuntimeDriver::echo);
    try (Network network = new Network(Runtime.getRuntime().availableProcessors());
        Listener listener =
            network.listen(NetAddress.parse("127.0.0.1:0"), ListenLimits.DEFAULT, protocol)) {
      int port = ((NetAddress.Tcp) listener.address()).port();
      load(port, 1);
      long heap = heap();
      long resident = resident();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      Process client = new ProcessBuilder(peer, "idle", "" + port, "" + IDLE).start();
      try (BufferedReader said = client.inputReader()) {
        String opened = said.readLine();
        while (listener.open() < IDLE) {
          Thread.sleep(10);
        }
        System.out.printf(
            Locale.ROOT,
            "%s idle connections: %d bytes of heap each, resident memory by %d KiB, threads %d -> %d%n",
            opened,
            (heap() - heap) / IDLE,
            resident() - resident,
            threads,
            ManagementFactory.getThreadMXBean().getThreadCount());
        double[] trips = numbers(output(List.of(peer, "load", "" + port, "1", "2")).getLast());
        System.out.println(
            "an active one beside them, p50 and p99 in µs: " + trips[1] + " " + trips[2]);
      } finally {
        client.destroy();
      }
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }

  private static List<String> output(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader()) {
      return lines.lines().toList();
    }
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static double[] medians(List<double[]> rounds) {
    double[] medians = new double[rounds.getFirst().length];
    for (int i = 0; i < medians.length; i++) {
      int column = i;
      double[] sorted = rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
      medians[i] = Math.round(sorted[sorted.length / 2] * 10) / 10.0;
    }
    return medians;
  }

  private static void print(String name, String unit, List<double[]> ours, List<double[]> theirs) {
    double[] mine = medians(ours);
    double[] go = medians(theirs);
    System.out.printf(
        Locale.ROOT,
        "%s, %s: ours %.0f (CPU %.0f), Go %.0f (CPU %.0f); ours/Go %.2f (CPU %.2f)%n",
        name,
        unit,
        mine[0],
        mine[1],
        go[0],
        go[1],
        mine[0] / go[0],
        mine[1] / go[1]);
  }
}
