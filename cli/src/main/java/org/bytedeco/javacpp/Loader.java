package org.bytedeco.javacpp;

import java.util.HashMap;
import java.util.Map;

/**
 * Stands in for JavaCPP's own class of this name, which finds, unpacks and loads libraries. The
 * distribution has them unpacked and the decoder loads them, so what is left to do is to remember
 * where the members of C structures lie. The original reads properties, annotations and call stacks
 * all the same, and takes 12 ms of the 120 that a whole call lasts.
 *
 * <p>The methods are those that JavaCPP 1.5.14 and its FFmpeg bindings call at run time.
 */
public final class Loader {
  private static final String SIZE = "sizeof";
  private static final Map<Class<?>, Map<String, Integer>> OFFSETS = new HashMap<>();

  private Loader() {}

  /** Called by every binding before its first use; its library is loaded already. */
  public static String load() {
    return "";
  }

  /** As {@link #load()}. */
  public static String load(Class<?> binding) {
    return "";
  }

  /** Called by a binding; its library comes out of the same build. */
  public static boolean checkVersion(String group, String artifact) {
    return true;
  }

  /**
   * Called by a library while it is loaded.
   *
   * @param type name of the class of a structure, with slashes
   * @param member of the structure, or {@code sizeof}, or null to only get the class
   */
  static synchronized Class<?> putMemberOffset(String type, String member, int offset)
      throws ClassNotFoundException {
    Class<?> structure =
        Class.forName(type.replace('/', '.'), false, Loader.class.getClassLoader());
    if (member != null) {
      Map<String, Integer> members = OFFSETS.get(structure);
      if (members == null) {
        members = new HashMap<>();
        OFFSETS.put(structure, members);
      }
      members.put(member, offset);
    }
    return structure;
  }

  /**
   * The place of a member in a structure, in bytes.
   *
   * @throws NullPointerException if it has no such member; {@link Pointer#offsetof} expects just
   *     that
   */
  public static synchronized int offsetof(Class<?> structure, String member) {
    for (Class<?> type = structure; type != null; type = type.getSuperclass()) {
      Map<String, Integer> members = OFFSETS.get(type);
      if (members != null && members.containsKey(member)) {
        return members.get(member);
      }
    }
    throw new NullPointerException(structure + " has no member " + member);
  }

  /** The size of a structure, in bytes. */
  public static int sizeof(Class<?> structure) {
    return offsetof(structure, SIZE);
  }
}
