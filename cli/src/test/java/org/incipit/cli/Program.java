package org.incipit.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.incipit.testdata.TestData;

/** Drives programs as a shell would, those of the distribution above all. */
final class Program {
  private final ProcessBuilder builder;

  /** How it ended and what it wrote. */
  record Outcome(int exit, byte[] stdout, byte[] stderr) {
    String out() {
      return new String(stdout, StandardCharsets.ISO_8859_1);
    }

    String err() {
      return new String(stderr, StandardCharsets.ISO_8859_1);
    }
  }

  private Program(List<String> command) {
    builder = new ProcessBuilder(command);
    builder.directory(TestData.path("golden/audio").toFile());
    // What these tests run under must not matter to what they run.
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL"));
  }

  /** The folder that the build made. */
  static Path distribution() {
    String folder = System.getProperty("distribution.dir");
    if (folder == null) {
      throw new IllegalStateException("system property distribution.dir is not set");
    }
    return Path.of(folder);
  }

  /** The distribution's fpcalc, in the folder of the golden audio. */
  static Program fpcalc(String... args) {
    return at(distribution().resolve("bin/fpcalc"), args);
  }

  static Program at(Path program, String... args) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arrays.asList(args));
    return new Program(command);
  }

  /**
   * A shell script in the folder of the golden audio.
   *
   * @param args {@code $1} and following; {@code $0} is the distribution's fpcalc
   */
  static Program shell(String script, String... args) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script));
    command.add(distribution().resolve("bin/fpcalc").toString());
    command.addAll(Arrays.asList(args));
    return new Program(command);
  }

  Program in(Path folder) {
    builder.directory(folder.toFile());
    return this;
  }

  Program with(Map<String, String> variables) {
    builder.environment().putAll(variables);
    return this;
  }

  Program without(String variable) {
    builder.environment().remove(variable);
    return this;
  }

  Process start() throws IOException {
    return builder.start();
  }

  /** Runs it to its end, with nothing on standard input. */
  Outcome run() throws IOException, InterruptedException {
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<byte[]> stderr =
        CompletableFuture.supplyAsync(() -> everything(process.getErrorStream()));
    byte[] stdout = everything(process.getInputStream());
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("still running: " + builder.command());
    }
    return new Outcome(process.exitValue(), stdout, stderr.join());
  }

  static byte[] everything(InputStream in) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (in) {
      in.transferTo(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }
}
