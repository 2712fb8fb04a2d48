package org.incipit.decoder.audio;

/** Receives blocks of interleaved 16-bit PCM; {@code Fingerprinter::feed} is one. */
@FunctionalInterface
public interface PcmBlockSink {
  /**
   * Samples {@code samples[offset … offset + length)}, whole frames, valid for the length of this
   * call only.
   */
  void block(short[] samples, int offset, int length);
}
