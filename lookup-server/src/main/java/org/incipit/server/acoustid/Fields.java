package org.incipit.server.acoustid;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An object of an answer, its fields in alphabetical order. One thread. */
final class Fields implements Node {
  private final TreeMap<String, Node> nodes = new TreeMap<>();

  /** The object of an answer that says what was asked for. */
  static Fields ok() {
    return new Fields().put("status", "ok");
  }

  Fields put(String name, Node node) {
    nodes.put(name, node);
    return this;
  }

  Fields put(String name, String value) {
    return put(name, new Text(value));
  }

  Fields put(String name, long value) {
    return put(name, new Whole(value));
  }

  Fields put(String name, List<? extends Node> list) {
    return put(name, new Items(list));
  }

  /** Puts a list that is left out if it is empty. */
  Fields putIfAny(String name, List<? extends Node> list) {
    return list.isEmpty() ? this : put(name, list);
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  Map<String, Node> nodes() {
    return nodes;
  }
}
