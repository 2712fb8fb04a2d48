package org.incipit.fingerprint;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;

/** A process of its own for {@link ClassLoadingTest}: prints how many classes feeding loaded. */
final class FeedProbe {
  private static int received;

  private FeedProbe() {}

  public static void main(String[] args) {
    FftEngine engine = FftEngine.valueOf(args[0]);
    int rate = Integer.parseInt(args[1]);
    short[] shorts = SyntheticAudio.interleaved(rate * 6, rate, 2);
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    Fingerprinter fingerprinter =
        Fingerprinter.builder(Algorithm.DEFAULT).fftEngine(engine).sink(item -> received++).build();
    fingerprinter.start(rate, 2);
    classes.getTotalLoadedClassCount();
    long before = classes.getTotalLoadedClassCount();
    fingerprinter.feed(shorts, 0, shorts.length);
    long loaded = classes.getTotalLoadedClassCount() - before;
    System.out.println(received + " items, " + loaded + " classes");
  }
}
