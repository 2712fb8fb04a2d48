package org.incipit.fingerprint.pcm;

/** Receives mono 16-bit samples. */
public interface PcmSink {
  /** Samples {@code samples[from … from + count)}, lent for the length of the call. */
  void pcm(short[] samples, int from, int count);
}
