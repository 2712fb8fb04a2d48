package example;

import java.nio.file.Path;
import org.incipit.decoder.AudioDecoder;
import org.incipit.decoder.audio.PcmSource;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprinter;
import org.incipit.fingerprint.codec.FingerprintCodec;

/** A file; without the FFmpeg jars on the path the pure-Java readers decode it. */
public final class File {
  public static void main(String[] args) throws Exception {
    try (PcmSource pcm = AudioDecoder.open(Path.of(args[0]))) {
      var fingerprinter = new Fingerprinter(Algorithm.DEFAULT);
      fingerprinter.start(pcm.sampleRate(), pcm.channels());
      pcm.forEachBlock(fingerprinter::feed);
      System.out.println(FingerprintCodec.encode(fingerprinter.finish()));
    }
  }
}
