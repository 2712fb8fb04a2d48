package org.incipit.cli.audiofile;

import java.io.IOException;
import java.nio.file.Path;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.Fingerprinter;
import org.incipit.fingerprint.codec.FingerprintCodec;

/**
 * The fingerprint of a file as {@code fpcalc} prints it: of its first two minutes.
 *
 * @param seconds of the whole file, at least 1
 * @param fingerprint in its text form
 * @param format what the file holds
 */
public record FileFingerprint(int seconds, String fingerprint, AudioFormat format) {
  private static final long MOST_SAMPLES = 120L * Algorithm.SAMPLE_RATE;
  private static final int BLOCK_SAMPLES = 8192;

  /**
   * Decodes a file. Of one that does not say how long it is, all is decoded.
   *
   * @throws IOException if it cannot be decoded, or is too short
   */
  public static FileFingerprint of(Path file) throws IOException {
    try (PcmSource pcm = AudioDecoder.open(file)) {
      Fingerprinter fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
      fingerprinter.start(pcm.sampleRate(), pcm.channels());
      long millis = pcm.format().durationMillis();
      boolean counts = millis == AudioFormat.UNKNOWN_DURATION;
      short[] block = new short[BLOCK_SAMPLES];
      long samples = 0;
      int read = pcm.read(block, 0, BLOCK_SAMPLES);
      while (read >= 0 && (counts || samples < MOST_SAMPLES)) {
        long wanted = Math.min(read, MOST_SAMPLES - samples);
        if (wanted > 0) {
          fingerprinter.feed(block, 0, (int) wanted);
        }
        samples += read;
        read = pcm.read(block, 0, BLOCK_SAMPLES);
      }
      Fingerprint fingerprint = fingerprinter.finish();
      long seconds = counts ? samples / Algorithm.SAMPLE_RATE : millis / 1000;
      if (fingerprint.isEmpty() || seconds == 0) {
        throw new IOException("there is too little audio in it");
      }
      return new FileFingerprint(
          (int) Math.min(seconds, Integer.MAX_VALUE),
          FingerprintCodec.encode(fingerprint),
          pcm.format());
    }
  }
}
