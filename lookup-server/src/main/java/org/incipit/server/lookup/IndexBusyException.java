package org.incipit.server.lookup;

import java.io.IOException;

/** So many searches wait already that another would wait too long. */
public final class IndexBusyException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says who refused it. */
  public IndexBusyException(Throwable cause) {
    super("too many searches wait already", cause);
  }
}
