package org.incipit.benchmarks.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Has the kernel take the pages of mapped files from memory, several times a second: what another
 * program would do that needs the memory itself.
 */
final class ColdPages implements Runnable {
  private static final int LEAST_PRIORITY = 19;
  private static final int MADV_PAGEOUT = 21;
  private static final int PAUSE_MILLIS = 200;

  private final Path folder;

  /** Of the files in a folder. */
  ColdPages(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  @Override
  public void run() {
    Linker linker = Linker.nativeLinker();
    MethodHandle advise =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("madvise"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));
    MethodHandle setPriority =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setpriority"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      // Like the kernel's own thread for it, this takes nothing from those who serve.
      int _ = (int) setPriority.invokeExact(0, 0, LEAST_PRIORITY);
      while (true) {
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
          if (line.contains(folder.toString()) && line.endsWith(".segment")) {
            int dash = line.indexOf('-');
            long from = Long.parseUnsignedLong(line, 0, dash, 16);
            long length = Long.parseUnsignedLong(line, dash + 1, line.indexOf(' '), 16) - from;
            MemorySegment start = MemorySegment.ofAddress(from).reinterpret(length, arena, null);
            // It may be unmapped meanwhile: then there is nothing to be done.
            int _ = (int) advise.invokeExact(start, length, MADV_PAGEOUT);
          }
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
