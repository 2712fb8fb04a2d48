package org.incipit.benchmarks;

import java.util.concurrent.TimeUnit;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.fingerprint.codec.FingerprintFormatException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The text form of fingerprints of 120 s, another one each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class CodecBenchmark {
  private static final int VARIANTS = 512;

  private final Fingerprint[] fingerprints = FingerprintVariants.of(VARIANTS);
  private final String[] texts = new String[VARIANTS];
  private int next;

  @Setup
  public void prepare() {
    for (int i = 0; i < VARIANTS; i++) {
      texts[i] = FingerprintCodec.encode(fingerprints[i]);
    }
  }

  @Benchmark
  public String encode() {
    return FingerprintCodec.encode(fingerprints[next++ & (VARIANTS - 1)]);
  }

  @Benchmark
  public Fingerprint decode() throws FingerprintFormatException {
    return FingerprintCodec.decode(texts[next++ & (VARIANTS - 1)]);
  }
}
