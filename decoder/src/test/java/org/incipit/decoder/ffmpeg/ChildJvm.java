package org.incipit.decoder.ffmpeg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A class of the tests, run as a program of its own. */
final class ChildJvm {
  private final ProcessBuilder builder;
  private final List<String> flags = new ArrayList<>();
  private final List<String> program = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");

  ChildJvm(Class<?> main, String... arguments) {
    program.add(main.getName());
    program.addAll(Arrays.asList(arguments));
    builder = new ProcessBuilder().redirectError(ProcessBuilder.Redirect.DISCARD);
    String testData = System.getProperty("testdata.dir");
    flags.add("-Dtestdata.dir=" + testData);
  }

  ChildJvm flag(String flag) {
    flags.add(flag);
    return this;
  }

  /** Leaves out the entries of the class path whose file name ends so. */
  ChildJvm without(String ending) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (!entry.endsWith(ending)) {
        entries.add(entry);
      }
    }
    classPath = String.join(File.pathSeparator, entries);
    return this;
  }

  Map<String, String> environment() {
    return builder.environment();
  }

  /** What the program wrote to standard output, if it ended well. */
  String output() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(flags);
    command.add("-cp");
    command.add(classPath);
    command.addAll(program);
    Process process = builder.command(command).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + output);
    return output;
  }
}
