package org.incipit.cli.fpcalc;

import java.io.IOException;

/** Takes the samples of one file, block by block. */
interface BlockReceiver {
  /** Takes {@code samples[offset … offset + length)}, which are the caller's again afterwards. */
  void block(short[] samples, int offset, int length) throws FileException, IOException;

  /** Ends the samples; when this returns, all results but the last have been passed on. */
  void end() throws FileException, IOException;

  /** Passes on the last result, after {@link #end}. */
  void finish() throws FileException, IOException;

  /** Releases what is behind it, wherever it stands; nothing else may be called afterwards. */
  void close();
}
