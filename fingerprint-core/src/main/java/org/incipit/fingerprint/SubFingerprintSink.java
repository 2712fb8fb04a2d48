package org.incipit.fingerprint;

/**
 * Receives the sub-fingerprints of a stream as they are completed.
 *
 * <p>Called on the thread that feeds, inside the feed that brings the last sample needed. What it
 * throws leaves that feed and ends the stream. It must not call the fingerprinter.
 */
@FunctionalInterface
public interface SubFingerprintSink {
  /** The next sub-fingerprint, an unsigned 32-bit number. */
  void subFingerprint(int item);
}
