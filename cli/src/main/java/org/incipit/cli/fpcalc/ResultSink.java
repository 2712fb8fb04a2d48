package org.incipit.cli.fpcalc;

import java.io.IOException;
import org.incipit.fingerprint.Fingerprint;

/** Receives the fingerprints of one file in order. */
interface ResultSink {
  /**
   * The fingerprint of the file or of its next chunk.
   *
   * @param timestamp where it begins: seconds from the beginning, or the time of day
   * @param duration seconds of audio that were analysed for it
   * @throws IOException if it cannot be passed on
   */
  void result(double timestamp, double duration, Fingerprint fingerprint) throws IOException;
}
