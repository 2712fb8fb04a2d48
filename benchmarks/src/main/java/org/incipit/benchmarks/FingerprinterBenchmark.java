package org.incipit.benchmarks;

import java.util.concurrent.TimeUnit;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.FftEngine;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.Fingerprinter;
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

/** 120 s of audio through the whole pipeline, in blocks of 4096 frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class FingerprinterBenchmark {
  private static final int SECONDS = 120;
  private static final int BLOCK = 4096;

  /** The rate and channel count of the input. */
  public enum Input {
    MONO_11025(11025, 1),
    STEREO_44100(44100, 2),
    STEREO_48000(48000, 2);

    final int rate;
    final int channels;

    Input(int rate, int channels) {
      this.rate = rate;
      this.channels = channels;
    }
  }

  @Param public Input input;

  @Param public FftEngine engine;

  private short[] audio;
  private Fingerprinter fingerprinter;

  @Setup
  public void prepare() {
    audio = TestSignal.interleaved(SECONDS, input.rate, input.channels);
    fingerprinter = Fingerprinter.builder(Algorithm.DEFAULT).fftEngine(engine).build();
  }

  @Benchmark
  public Fingerprint fingerprint() {
    fingerprinter.start(input.rate, input.channels);
    int block = BLOCK * input.channels;
    for (int at = 0; at < audio.length; at += block) {
      fingerprinter.feed(audio, at, Math.min(block, audio.length - at));
    }
    return fingerprinter.finish();
  }
}
