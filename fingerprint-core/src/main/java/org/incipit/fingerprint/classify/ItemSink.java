package org.incipit.fingerprint.classify;

/** Receives the sub-fingerprints of a stream, in order. */
public interface ItemSink {
  void item(int item);
}
