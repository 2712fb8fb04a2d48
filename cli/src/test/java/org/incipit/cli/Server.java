package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incipit.cli.Program.Outcome;

/** {@code incipit serve} as a process, with ports of its own choice, and clients of it. */
final class Server implements AutoCloseable {
  private static final String HTTP = "listening: http";
  private static final String LINES = "listening: line protocol ";
  private static final Pattern MESSAGE =
      Pattern.compile("\\{.*\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"}");

  private final Process process;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final Thread reader;

  private Server(Process process) {
    this.process = process;
    reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts one on a directory, and waits until it answers. */
  static Server start(Path folder, String... args) throws IOException, InterruptedException {
    Server server = begin(folder, args);
    try {
      server.address(HTTP);
      server.address(LINES);
      return server;
    } catch (AssertionError | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /** Starts one on a directory, and waits for nothing. */
  static Server begin(Path folder, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("serve", "--dir", "data", "--listen"));
    all.addAll(List.of("127.0.0.1:0", "--legacy-listen", "127.0.0.1:0"));
    all.addAll(Arrays.asList(args));
    return new Server(
        Program.at(Program.distribution().resolve("bin/incipit"), all.toArray(String[]::new))
            .in(folder)
            .with(Map.of("INCIPIT_JAVA_OPTIONS", "-Xmx256m"))
            .start());
  }

  private void read() {
    try (BufferedReader err = process.errorReader()) {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.add(line);
      }
    } catch (IOException e) {
      said.add(e.toString());
    }
  }

  /** Waits for a line that begins so, and returns the rest of it. */
  String address(String beginning) throws InterruptedException {
    while (true) {
      boolean last = !reader.isAlive();
      synchronized (said) {
        for (String line : said) {
          String message = message(line);
          if (message.startsWith(beginning)) {
            return message.substring(beginning.length());
          }
        }
      }
      if (last) {
        throw new AssertionError("it has not said " + beginning + " but " + said);
      }
      Thread.sleep(20);
    }
  }

  /** What a line says, whichever form the log has. */
  private static String message(String line) {
    Matcher json = MESSAGE.matcher(line);
    return json.matches() ? json.group(1) : line;
  }

  URI http(String path) throws InterruptedException {
    return URI.create(address(HTTP).replaceFirst("^(s?) ", "http$1://") + path);
  }

  int httpPort() throws InterruptedException {
    return port(address(HTTP));
  }

  int linePort() throws InterruptedException {
    return port(address(LINES));
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  List<String> said() {
    synchronized (said) {
      return List.copyOf(said);
    }
  }

  /** Sends a signal. */
  void signal(String name) throws IOException, InterruptedException {
    String command = "kill -" + name + " " + process.pid();
    assertTrue(new ProcessBuilder("/bin/sh", "-c", command).start().waitFor() == 0, command);
  }

  /** Sends a signal again and again: of two at once the system may make one. */
  void signalUntilGone(String name) throws IOException, InterruptedException {
    do {
      new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
  }

  /** Waits until it accepts no more connections, as it is ending. */
  void awaitRefusal() throws IOException, InterruptedException {
    while (true) {
      try (Socket socket = new Socket("127.0.0.1", httpPort())) {
        assertTrue(socket.isConnected());
        Thread.sleep(20);
      } catch (ConnectException refused) {
        return;
      }
    }
  }

  /** The exit code, once it has ended. */
  int exit() throws InterruptedException {
    assertTrue(process.waitFor(4, TimeUnit.MINUTES), "still running: " + said());
    reader.join();
    return process.exitValue();
  }

  /** A client in Python that has been started. */
  static Process background(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", script().toString()));
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** A client in Python, run to its end. */
  static Outcome client(String input, String... args) throws IOException, InterruptedException {
    Process client = background(args);
    try (OutputStream in = client.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    byte[] out = Program.everything(client.getInputStream());
    assertTrue(client.waitFor(4, TimeUnit.MINUTES), "the client is still running");
    return new Outcome(client.exitValue(), out, new byte[0]);
  }

  private static Path script() {
    URL script = Server.class.getResource("client.py");
    if (script == null) {
      throw new IllegalStateException("client.py is not there");
    }
    try {
      return Path.of(script.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
