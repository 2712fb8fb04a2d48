package org.incipit.fingerprint.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final short[] samples = new short[8192];
  private final float[] floats = new float[8192];
  private long received;

  @ParameterizedTest
  @CsvSource({"8000, 64", "22050, 4096", "44056, 1000", "44100, 64", "44100, 4096", "48000, 4096"})
  void resamplingAllocatesNothing(int rate, int piece) {
    Resampler resampler = new Resampler((array, from, count) -> received += count);
    resampler.start(rate);
    assertAllocatesNothing(() -> resampler.pcm(samples, 0, piece));
    assertAllocatesNothing(resampler::finish);
    assertAllocatesNothing(() -> resampler.start(rate));
  }

  @ParameterizedTest
  @CsvSource({"1, 8192", "2, 8191", "2, 128", "6, 8192"})
  void mixingAllocatesNothing(int channels, int piece) {
    MonoMixer mixer = new MonoMixer((array, from, count) -> received += count);
    mixer.start(channels);
    assertAllocatesNothing(() -> mixer.feed(samples, 0, piece));
    assertAllocatesNothing(() -> mixer.feed(floats, 0, piece));
  }

  private static void assertAllocatesNothing(Runnable action) {
    for (int i = 0; i < 300; i++) {
      action.run();
    }
    long thread = Thread.currentThread().getId();
    THREADS.getThreadAllocatedBytes(thread);
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 300; i++) {
      action.run();
    }
    assertEquals(0, THREADS.getThreadAllocatedBytes(thread) - before, "bytes allocated");
  }
}
