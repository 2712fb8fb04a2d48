package org.incipit.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** {@code incipit httpbin} of the distribution, on a free port of loopback. */
final class HttpbinProgram implements AutoCloseable {
  private static final String LISTENING = "listening: 127.0.0.1:";

  private final Process process;
  private final int port;

  private HttpbinProgram(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static HttpbinProgram start() throws IOException {
    Process process =
        Program.at(
                Program.distribution().resolve("bin/incipit"),
                "httpbin",
                "-l",
                "127.0.0.1:0",
                "--threads",
                "1")
            .start();
    BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    if (line == null || !line.startsWith(LISTENING)) {
      process.destroyForcibly();
      throw new IOException("not listening: " + line);
    }
    return new HttpbinProgram(process, Integer.parseInt(line.substring(LISTENING.length())));
  }

  int port() {
    return port;
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Asks it to end; returns with what it ended. */
  int end() throws InterruptedException, IOException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new IOException("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
