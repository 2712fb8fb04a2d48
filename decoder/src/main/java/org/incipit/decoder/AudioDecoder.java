package org.incipit.decoder;

/** Opens audio. */
public final class AudioDecoder {
  private AudioDecoder() {}
}
