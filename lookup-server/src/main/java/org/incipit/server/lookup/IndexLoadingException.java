package org.incipit.server.lookup;

import java.io.IOException;

/** The index does not know all of the catalogue yet. */
public final class IndexLoadingException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says how far it is. */
  public IndexLoadingException(String message) {
    super(message);
  }
}
