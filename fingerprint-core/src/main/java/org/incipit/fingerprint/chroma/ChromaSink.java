package org.incipit.fingerprint.chroma;

/** Receives one row of twelve pitch classes a frame. */
public interface ChromaSink {
  /** The next row, A first, lent for the length of the call. */
  void row(double[] row);
}
