package org.incipit.server.index.catalog;

import java.io.IOException;

/** An index is being restored. Nothing was changed. */
public final class IndexNotReadyException extends IOException {
  private static final long serialVersionUID = 1;

  IndexNotReadyException(String name) {
    super("index " + name + " is being restored");
  }
}
