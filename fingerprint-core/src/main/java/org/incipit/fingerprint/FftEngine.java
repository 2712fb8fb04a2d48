package org.incipit.fingerprint;

/** The Fourier transform that a {@link Fingerprinter} uses. All give the same fingerprints. */
public enum FftEngine {
  /** Our own scalar code, shaped so that the JIT vectorises it: the fastest once compiled. */
  VECTORISED,

  /**
   * JTransforms: less to compile, so the faster one for the first seconds of audio in a process.
   */
  JTRANSFORMS
}
