package org.incipit.server.http;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The headers of a request. Names in any case. One thread. */
public interface Headers {
  /** The first value of this name. */
  @Nullable String first(String name);

  /** All values of this name, in their order. */
  List<String> all(String name);

  /** Passes on every header in the order of the request. */
  void forEach(BiConsumer<String, String> to);

  /** Whether there is one of this name. */
  default boolean has(String name) {
    return first(name) != null;
  }
}
