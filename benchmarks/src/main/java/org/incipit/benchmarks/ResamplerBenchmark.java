package org.incipit.benchmarks;

import java.util.concurrent.TimeUnit;
import org.incipit.fingerprint.pcm.MonoMixer;
import org.incipit.fingerprint.pcm.Resampler;
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

/** 120 s of audio mixed down from stereo, resampled to 11 025 Hz, and both. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ResamplerBenchmark {
  private static final int SECONDS = 120;

  @Param({"44100", "48000", "22050", "96000", "8000"})
  public int rate;

  /** Frames in one feed. */
  @Param({"4096", "1024", "64"})
  public int block;

  private short[] stereo;
  private short[] mono;
  private Resampler resampler;
  private MonoMixer mixer;
  private MonoMixer chain;
  private long received;

  @Setup
  public void prepare() {
    stereo = TestSignal.interleaved(SECONDS, rate, 2);
    mono = TestSignal.interleaved(SECONDS, rate, 1);
    mixer = new MonoMixer(this::receive);
    resampler = new Resampler(this::receive);
    chain = new MonoMixer(resampler);
  }

  private void receive(short[] samples, int from, int count) {
    received += samples[from] + count;
  }

  @Benchmark
  public long mix() {
    mixer.start(2);
    feed(mixer);
    return received;
  }

  @Benchmark
  public long resample() {
    resampler.start(rate);
    for (int at = 0; at < mono.length; at += block) {
      resampler.pcm(mono, at, Math.min(block, mono.length - at));
    }
    resampler.finish();
    return received;
  }

  @Benchmark
  public long mixAndResample() {
    chain.start(2);
    resampler.start(rate);
    feed(chain);
    resampler.finish();
    return received;
  }

  private void feed(MonoMixer to) {
    for (int at = 0; at < stereo.length; at += 2 * block) {
      to.feed(stereo, at, Math.min(2 * block, stereo.length - at));
    }
  }
}
