package org.incipit.server.fpindex;

import java.io.IOException;

/**
 * Calls of the catalog and of indexes. Their failures are the disk's or the request's; outside of
 * this an {@link IOException} is the connection's.
 */
final class Storage {
  private Storage() {}

  /** A call. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  /** Makes a call, and says what its failure means to the client. */
  static <T> T call(Call<T> call) throws Refusal {
    try {
      return call.run();
    } catch (IOException e) {
      throw Refusal.of(e);
    }
  }
}
