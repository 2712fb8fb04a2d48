package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incipit.cli.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code incipit index …} as a shell runs it. */
@Execution(ExecutionMode.CONCURRENT)
class IndexIT {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);

  @TempDir private Path folder;

  private Outcome index(String... args) throws Exception {
    String[] all = Stream.concat(Stream.of("index"), Stream.of(args)).toArray(String[]::new);
    return Program.at(Program.distribution().resolve("bin/incipit"), all).in(folder).run();
  }

  /** Lines as export writes them: ids and hashes ascend. */
  private static String lines(int documents) {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder lines = new StringBuilder();
    for (long id = 1; id <= documents; id++) {
      String hashes =
          random
              .longs(random.nextInt(60), 0, 1L << 32)
              .sorted()
              .distinct()
              .mapToObj(Long::toString)
              .collect(Collectors.joining(","));
      lines.append("{\"id\":" + (id * 1000) + ",\"hashes\":[" + hashes + "]}\n");
    }
    return lines.toString();
  }

  private String load() throws Exception {
    String lines = lines(2500);
    Files.writeString(folder.resolve("in.jsonl"), lines);
    Outcome outcome = index("load", "data", "in.jsonl");
    assertEquals("", outcome.err());
    assertEquals("2500 documents loaded into index main\n", outcome.out());
    assertEquals(0, outcome.exit());
    return lines;
  }

  @Test
  void whatIsLoadedIsExportedInEitherForm() throws Exception {
    String lines = load();
    Outcome exported = index("export", "data");
    assertEquals("", exported.err());
    assertEquals(lines, exported.out());
    assertEquals(0, index("export", "data", "--format", "binary", "-o", "out.bin").exit());
    assertEquals(0, index("load", "data", "out.bin", "--index", "copy").exit());
    Outcome copy = index("export", "data", "--index=copy");
    assertEquals(lines, copy.out());
    Outcome binary = index("export", "data/index/copy/1", "--format=binary");
    assertArrayEquals(Files.readAllBytes(folder.resolve("out.bin")), binary.stdout());
    Outcome which = index("export", "data");
    assertEquals(2, which.exit());
    assertEquals("ERROR: which index? There are copy, main\n", which.err());
  }

  @Test
  void statsCountsWhatIsThere() throws Exception {
    load();
    Outcome stats = index("stats", "data", "--longest", "2");
    assertEquals(0, stats.exit(), stats.err());
    assertTrue(stats.out().contains("documents          2500\n"), stats.out());
    assertEquals(2, stats.out().lines().filter(line -> line.startsWith("hash ")).count());
  }

  @Test
  void checkNamesTheDamageAndEndsWithOne() throws Exception {
    load();
    Outcome sound = index("check", "data");
    assertEquals(0, sound.exit(), sound.out());
    assertTrue(sound.out().endsWith("no damage\n"), sound.out());
    Path log;
    try (Stream<Path> files = Files.list(folder.resolve("data/index/main/1"))) {
      log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(log);
    bytes[2000] ^= 1;
    Files.write(log, bytes);
    Outcome damaged = index("check", "data");
    assertEquals(1, damaged.exit());
    assertTrue(damaged.out().contains(log.getFileName() + ", byte "), damaged.out());
    Outcome export = index("export", "data");
    assertEquals(1, export.exit());
    assertTrue(export.err().startsWith("ERROR: "), export.err());
    assertEquals("", export.out());
  }

  @Test
  void aDirectoryInUseIsRefusedWithTheProcessThatHasIt() throws Exception {
    load();
    Process holder =
        Program.at(Program.distribution().resolve("bin/incipit"), "index", "load", "data")
            .in(folder)
            .start();
    OutputStream input = holder.getOutputStream();
    // The form is known after eight bytes; then the directory is opened.
    input.write("{\"id\":1,\"hashes\":[1]}\n".getBytes(StandardCharsets.US_ASCII));
    input.flush();
    Path lock = folder.resolve("data/lock");
    for (int i = 0; i < 600 && !Files.readString(lock).strip().equals("" + holder.pid()); i++) {
      Thread.sleep(100);
    }
    for (List<String> command : List.of(List.of("check", "data"), List.of("stats", "data"))) {
      Outcome refused = index(command.toArray(String[]::new));
      assertEquals(2, refused.exit());
      assertEquals("ERROR: data is in use by process " + holder.pid() + "\n", refused.err());
    }
    input.close();
    try (BufferedReader out = holder.inputReader()) {
      assertEquals("1 documents loaded into index main", out.readLine());
    }
    assertTrue(holder.waitFor(1, TimeUnit.MINUTES));
  }

  @Test
  void wrongUseAndBadFilesEndWithTwo() throws Exception {
    assertEquals(2, index().exit());
    assertEquals(2, index("check").exit());
    assertEquals("ERROR: nowhere is not a folder\n", index("stats", "nowhere").err());
    assertEquals("ERROR: nofile is not there\n", index("load", "data", "nofile").err());
    assertFalse(Files.exists(folder.resolve("data")));
    Files.writeString(folder.resolve("bad"), "{\"id\":1,\"hashes\":[1]}\n{\"id\":0}\n");
    Outcome bad = index("load", "data", "bad");
    assertEquals(2, bad.exit());
    assertTrue(bad.err().startsWith("ERROR: line 2: id must be 1..4294967295"), bad.err());
    assertEquals(2, index("export", "data", "--format", "xml").exit());
    for (String command : List.of("load", "restore")) {
      String[] start =
          command.equals("load")
              ? new String[] {"data", "bad"}
              : new String[] {"bad", "--dir=data"};
      Outcome reserved = index(command, start[0], start[1], "--index=lookup");
      assertEquals(2, reserved.exit());
      assertEquals(
          "ERROR: no index can have the name lookup: it is reserved\n", reserved.err(), command);
    }
  }

  @Test
  void outputThatCannotBeWrittenIsAnError() throws Exception {
    load();
    assertEquals(2, index("export", "data", "-o", "/dev/full").exit());
    String program = Program.distribution().resolve("bin/incipit").toString();
    Outcome outcome =
        Program.shell("\"$1\" index export data >/dev/full", program).in(folder).run();
    assertEquals(2, outcome.exit());
    assertTrue(outcome.err().startsWith("ERROR: "), outcome.err());
  }

  @Test
  void everyCommandHasHelp() throws Exception {
    for (String command : List.of("check", "stats", "export", "load", "restore")) {
      Outcome help = index(command, "--help");
      assertEquals(0, help.exit());
      assertTrue(help.out().startsWith("Usage: incipit index " + command), help.out());
    }
  }
}
