package org.incipit.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.match.FingerprintComparison;
import org.incipit.fingerprint.match.FingerprintMatcher;
import org.incipit.fingerprint.match.MatchSegment;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.fingerprint.match.SimHash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a lookup does with fingerprints of 120 s, another one each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ComparisonBenchmark {
  private static final int VARIANTS = 512;

  private final Fingerprint[] fingerprints = FingerprintVariants.of(VARIANTS);
  private final FingerprintComparison comparison = new FingerprintComparison();
  private final FingerprintMatcher matcher = new FingerprintMatcher();
  private int next;

  private Fingerprint another() {
    return fingerprints[next++ & (VARIANTS - 1)];
  }

  /** As candidates are compared with a query. */
  @Benchmark
  public float oneWithMany() {
    return comparison.compare(fingerprints[0], another());
  }

  @Benchmark
  public float twoOthersEachTime() {
    return comparison.compare(another(), another());
  }

  @Benchmark
  public List<MatchSegment> match() {
    return matcher.match(fingerprints[0], another());
  }

  @Benchmark
  public int[] extractQuery() {
    return QueryExtractor.extract(another());
  }

  @Benchmark
  public int hash() {
    return SimHash.of(another());
  }
}
