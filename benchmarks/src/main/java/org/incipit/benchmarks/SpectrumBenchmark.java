package org.incipit.benchmarks;

import java.util.concurrent.TimeUnit;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.FftEngine;
import org.incipit.fingerprint.spectrum.RealFft;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One frame: window, Fourier transform and power of the bins from 28 to 3520 Hz. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class SpectrumBenchmark {
  private static final int SECONDS = 10;

  @Param public FftEngine engine;

  @Param({"4096", "2048"})
  public int frameSize;

  private RealFft fft;
  private short[] samples;
  private double[] power;
  private int from;

  @Setup
  public void prepare() {
    int firstBin = 10 * frameSize / 4096;
    int endBin = 1308 * frameSize / 4096;
    fft =
        switch (engine) {
          case VECTORISED -> RealFft.vectorised(frameSize, firstBin, endBin);
          case JTRANSFORMS -> RealFft.jtransforms(frameSize, firstBin, endBin);
        };
    samples = TestSignal.interleaved(SECONDS, Algorithm.SAMPLE_RATE, 1);
    power = new double[frameSize / 2 + 1];
  }

  /** The next of frames that overlap as they do in a fingerprint. */
  @Benchmark
  public double[] frame() {
    from += frameSize / 3;
    if (from > samples.length - frameSize) {
      from = 0;
    }
    fft.power(samples, from, power);
    return power;
  }
}
