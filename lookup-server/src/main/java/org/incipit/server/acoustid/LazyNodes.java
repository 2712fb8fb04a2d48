package org.incipit.server.acoustid;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Nodes that are made each time they are read, so that a long list of them is never in memory. */
final class LazyNodes extends AbstractList<Node> implements RandomAccess {
  private final int size;
  private final IntFunction<? extends Node> nodes;

  /**
   * So many.
   *
   * @param nodes makes that at a place; may be asked for one several times
   */
  LazyNodes(int size, IntFunction<? extends Node> nodes) {
    this.size = size;
    this.nodes = nodes;
  }

  /** One of each thing. */
  static <T> LazyNodes of(List<T> things, Function<? super T, ? extends Node> node) {
    return new LazyNodes(things.size(), i -> node.apply(things.get(i)));
  }

  @Override
  public Node get(int index) {
    return nodes.apply(index);
  }

  @Override
  public int size() {
    return size;
  }
}
