package org.incipit.server.acoustid.client;

import java.io.IOException;

/** What came of one entry. */
public sealed interface Reply<T> {
  /** The server's answer. */
  record Answered<T>(T value) implements Reply<T> {}

  /** Why there is none. */
  record Failed<T>(IOException cause) implements Reply<T> {}
}
