package org.incipit.server.index.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  @TempDir private Path directory;

  /** The other process: locks the directory, says so, and holds it until its input ends. */
  public static final class Other {
    private Other() {}

    public static void main(String[] args) throws IOException {
      try (DirectoryLock lock = DirectoryLock.acquire(Path.of(args[0]))) {
        System.out.println("locked");
        System.in.read();
      } catch (DirectoryInUseException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private Process other() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                directory.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void assertEnds(Process process) throws InterruptedException {
    assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
  }

  @Test
  void aDirectoryLockedByAnotherProcessIsRefusedWithItsNumber() throws Exception {
    Process other = other();
    assertEquals("locked", other.inputReader().readLine());
    IOException refused =
        assertThrows(DirectoryInUseException.class, () -> DirectoryLock.acquire(directory));
    assertEquals(directory + " is in use by process " + other.pid(), refused.getMessage());
    other.destroyForcibly();
    assertEnds(other);
    DirectoryLock.acquire(directory).close();
  }

  @Test
  void aRefusedAttemptInThisProcessDoesNotLoosenTheLock() throws Exception {
    try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
      Path same = directory.resolve("..").resolve(directory.getFileName());
      assertThrows(DirectoryInUseException.class, () -> DirectoryLock.acquire(same));
      Process other = other();
      assertEquals(
          directory + " is in use by process " + ProcessHandle.current().pid(),
          other.inputReader().readLine());
      assertEnds(other);
    }
    Process other = other();
    assertEquals("locked", other.inputReader().readLine());
    other.outputWriter().close();
    assertEnds(other);
  }
}
