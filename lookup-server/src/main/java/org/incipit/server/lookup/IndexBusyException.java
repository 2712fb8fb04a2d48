package org.incipit.server.lookup;

import java.io.IOException;

/** So many searches or comparisons are to be done that another would wait too long. */
public final class IndexBusyException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says who refused it. */
  public IndexBusyException(Throwable cause) {
    super("too many searches wait already", cause);
  }

  /** Says what there is too much of. */
  public IndexBusyException(String message) {
    super(message);
  }
}
