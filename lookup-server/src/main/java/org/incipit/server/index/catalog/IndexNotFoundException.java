package org.incipit.server.index.catalog;

import java.io.IOException;

/** There is no index of that name. */
public final class IndexNotFoundException extends IOException {
  private static final long serialVersionUID = 1;

  IndexNotFoundException(String name) {
    super("there is no index " + name);
  }
}
