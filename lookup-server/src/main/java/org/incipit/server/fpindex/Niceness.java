package org.incipit.server.fpindex;

import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a thread stands back for others when there are more than processors. Java's own
 * priorities do nothing on Linux. Where the system does not know {@code setpriority} for a thread,
 * nothing is changed.
 */
final class Niceness {
  private static final System.Logger LOG = System.getLogger(Niceness.class.getName());
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;
  private static final @Nullable MethodHandle SET_PRIORITY = find();

  private Niceness() {}

  /**
   * Has the calling thread stand back; it cannot take that back.
   *
   * @param nice 0 to 19
   */
  static void set(int nice) {
    MethodHandle setPriority = SET_PRIORITY;
    if (setPriority == null) {
      return;
    }
    try {
      int failed = (int) setPriority.invokeExact(PRIO_PROCESS, THIS_THREAD, nice);
      LOG.log(Level.DEBUG, "niceness {0}: {1}", nice, failed == 0 ? "set" : "refused");
    } catch (Throwable e) {
      // Only a mistake in the signature above could.
      throw new LinkageError("setpriority", e);
    }
  }

  // Native access is what the server's launcher grants, for its network too.
  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle find() {
    // Elsewhere it is the whole process that would stand back.
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> address = linker.defaultLookup().find("setpriority");
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    return address.map(found -> linker.downcallHandle(found, signature)).orElse(null);
  }
}
