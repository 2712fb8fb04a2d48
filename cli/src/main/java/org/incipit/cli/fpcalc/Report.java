package org.incipit.cli.fpcalc;

import java.io.IOException;

/** Where the results and errors of a file go. */
interface Report {
  /**
   * Passes on a result. The text is the caller's again when this returns.
   *
   * @throws IOException if it cannot be written
   */
  void output(ByteText text) throws IOException;

  /**
   * Passes on an error line; that it cannot be written is ignored. The text is the caller's again
   * when this returns.
   */
  void error(ByteText text);
}
