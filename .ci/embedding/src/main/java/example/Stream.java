package example;

import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.Fingerprinter;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.fingerprint.match.FingerprintComparison;

/** The core alone: a stream of floats, a sink, text form, comparison. */
public final class Stream {
  public static void main(String[] args) throws Exception {
    float[] tone = new float[48000 * 20];
    for (int i = 0; i < tone.length; i++) {
      double glide = 220 + 30 * Math.sin(i / 60000.0);
      tone[i] = (float) (0.4 * Math.sin(i * glide * 2 * Math.PI / 48000));
    }
    int[] received = new int[1];
    Fingerprinter streaming = new Fingerprinter(Algorithm.DEFAULT, item -> received[0]++);
    streaming.start(48000, 1);
    for (int at = 0; at < tone.length; at += 64) {
      streaming.feed(tone, at, 64);
    }

    Fingerprinter collecting = new Fingerprinter(Algorithm.DEFAULT);
    collecting.start(48000, 1);
    collecting.feed(tone);
    Fingerprint fingerprint = collecting.finish();
    if (received[0] == 0 || received[0] != fingerprint.size()) {
      throw new AssertionError(received[0] + " items, not " + fingerprint.size());
    }

    Fingerprint again = FingerprintCodec.decode(FingerprintCodec.encode(fingerprint));
    if (!again.equals(fingerprint)) {
      throw new AssertionError("the text form lost something");
    }
    System.out.println(
        "stream: " + fingerprint.size() + " items, compared with itself "
            + FingerprintComparison.score(fingerprint, again));
  }
}
