package org.incipit.server.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes by the segments of their paths. A search tries the static segment, then the name, then the
 * wildcard, and goes back if what follows does not match.
 */
final class RouteTree {
  private final Node root = new Node("");

  /** A route where it hangs. */
  record Entry(
      Route route, Router group, RoutePattern pattern, Match.@Nullable Found withoutValues) {
    static Entry of(Route route, Router group, RoutePattern pattern) {
      Match.Found found = pattern.names() > 0 ? null : new Match.Found(route, Parameters.NONE);
      return new Entry(route, group, pattern, found);
    }

    Match.Found match(String path) {
      return withoutValues != null ? withoutValues : new Match.Found(route, pattern.values(path));
    }
  }

  private static final class Node {
    final String text;
    final List<Node> statics = new ArrayList<>();
    final Map<Method, Entry> entries = new EnumMap<>(Method.class);
    @Nullable Node one;
    @Nullable Node rest;

    Node(String text) {
      this.text = text;
    }

    Node below(RoutePattern.Segment segment) {
      return switch (segment.kind()) {
        case STATIC -> staticBelow(segment.text());
        case ONE -> {
          Node node = one == null ? new Node(":") : one;
          one = node;
          yield node;
        }
        case REST -> {
          Node node = rest == null ? new Node("*") : rest;
          rest = node;
          yield node;
        }
      };
    }

    private Node staticBelow(String wanted) {
      for (Node node : statics) {
        if (node.text.equals(wanted)) {
          return node;
        }
      }
      Node node = new Node(wanted);
      statics.add(node);
      return node;
    }

    /** The entry for a method, HEAD's being GET's if it has none; for null the first. */
    @Nullable Entry entry(@Nullable Method method) {
      if (method == null) {
        return entries.isEmpty() ? null : entries.values().iterator().next();
      }
      Entry entry = entries.get(method);
      return entry == null && method == Method.HEAD ? entries.get(Method.GET) : entry;
    }

    void addMethods(Set<Method> to) {
      to.addAll(entries.keySet());
      if (entries.containsKey(Method.GET)) {
        to.add(Method.HEAD);
      }
    }
  }

  /**
   * Adds a route.
   *
   * @throws IllegalArgumentException if there is one for the same paths already
   */
  void add(Entry entry) {
    Node node = root;
    for (RoutePattern.Segment segment : entry.pattern().segments()) {
      node = node.below(segment);
    }
    Entry other = node.entries.putIfAbsent(entry.route().method(), entry);
    if (other != null) {
      throw new IllegalArgumentException(
          "the route %s %s is there already, as %s"
              .formatted(entry.route().method(), entry.route().path(), other.route().path()));
    }
  }

  @Nullable Entry find(Method method, String path) {
    return find(root, method, path, 1);
  }

  /** The first that matches by its path. */
  @Nullable Entry findAny(String path) {
    return find(root, null, path, 1);
  }

  /** The methods of all routes that match by their paths, and OPTIONS. */
  List<Method> methods(String path) {
    Set<Method> methods = EnumSet.of(Method.OPTIONS);
    addMethods(root, path, 1, methods);
    return List.copyOf(methods);
  }

  private static @Nullable Entry find(Node node, @Nullable Method method, String path, int from) {
    if (from > path.length()) {
      return node.entry(method);
    }
    int to = RoutePattern.endOfSegment(path, from);
    Node next = staticBelow(node, path, from, to);
    Entry entry = next == null ? null : find(next, method, path, to + 1);
    if (entry == null && node.one != null && to > from) {
      entry = find(node.one, method, path, to + 1);
    }
    if (entry == null && node.rest != null) {
      entry = node.rest.entry(method);
    }
    return entry;
  }

  private static void addMethods(Node node, String path, int from, Set<Method> to) {
    if (from > path.length()) {
      node.addMethods(to);
      return;
    }
    int end = RoutePattern.endOfSegment(path, from);
    Node next = staticBelow(node, path, from, end);
    if (next != null) {
      addMethods(next, path, end + 1, to);
    }
    if (node.one != null && end > from) {
      addMethods(node.one, path, end + 1, to);
    }
    if (node.rest != null) {
      node.rest.addMethods(to);
    }
  }

  private static @Nullable Node staticBelow(Node node, String path, int from, int to) {
    List<Node> statics = node.statics;
    for (int i = 0; i < statics.size(); i++) {
      if (RoutePattern.isSame(statics.get(i).text, path, from, to)) {
        return statics.get(i);
      }
    }
    return null;
  }
}
