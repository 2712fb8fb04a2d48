package org.incipit.fingerprint.pcm;

/** The {@link Resampler} for one input rate. */
final class RateConversion implements PcmSink {
  private static final int BLOCK = 4096; // input samples taken in at once
  private static final int MAX_OUTPUTS = 1024; // put out at once
  private static final int HALF = 1 << (ResamplerFilter.UNITY_BITS - 1);

  private final int inputRate;
  private final PcmSink next;
  private final int taps;
  private final int center;
  private final Convolution forFew;
  private final Convolution forMany;
  private final int many;
  private final CapacityCut cut;
  private final OutputPosition position; // of the next output's first tap, within the window
  private final int[] sums = new int[MAX_OUTPUTS];
  private final short[] output = new short[MAX_OUTPUTS];

  /** Input from the next output's first tap on; at the beginning, after its mirror image. */
  private final short[] window;

  private final int capacity;
  private int beginning; // where in the window the stream begins; 0 once that is used up
  private int filled;
  private long inputs;
  private long outputs;

  RateConversion(int inputRate, PcmSink next) {
    ResamplerFilter filter = new ResamplerFilter(inputRate);
    this.inputRate = inputRate;
    this.next = next;
    taps = filter.taps;
    center = filter.center;
    capacity = center + taps + BLOCK;
    window = new short[capacity + Convolution.OVERREAD];
    forFew = new PhasedConvolution(filter, window.length);
    if (StridedConvolution.suits(inputRate)) {
      forMany = new StridedConvolution(inputRate, filter, MAX_OUTPUTS);
      many = StridedConvolution.MIN_OUTPUTS;
    } else if (PeriodicConvolution.suits(inputRate)) {
      forMany = new PeriodicConvolution(inputRate, filter);
      many = PeriodicConvolution.MIN_OUTPUTS;
    } else {
      forMany = forFew;
      many = 0;
    }
    position = new OutputPosition(inputRate);
    cut = new CapacityCut(inputRate, filter);
  }

  int inputRate() {
    return inputRate;
  }

  long outputs() {
    return outputs;
  }

  long originalOutputs() {
    return cut.outputs();
  }

  void reset() {
    cut.reset();
    position.reset();
    beginning = center;
    filled = center;
    inputs = 0;
    outputs = 0;
  }

  @Override
  public void pcm(short[] samples, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end) {
      if (end - at > capacity - filled && position.sample() >= beginning) {
        discardUsed();
      }
      int taken = Math.min(end - at, capacity - filled);
      System.arraycopy(samples, at, window, filled, taken);
      filled += taken;
      at += taken;
      if (filled >= taps) {
        if (position.sample() < beginning) {
          mirrorBeginning();
        }
        put(position.outputsBelow(filled - taps + 1));
      }
    }
    inputs += count;
    cut.fed(inputs);
  }

  void finish() {
    int length = filled - beginning;
    if (position.sample() < beginning && length > 0) {
      // Whatever looks back is due now. If the stream is shorter than the filter, it goes round.
      mirrorBeginning();
      for (int i = length; i < taps - 1; i++) {
        window[beginning + i] = window[beginning + i % length];
      }
      put(position.outputsBelow(beginning));
    }
    cut.finish(inputs);
  }

  private void mirrorBeginning() {
    int length = filled - beginning;
    for (int i = 1; i <= beginning; i++) {
      window[beginning - i] = window[beginning + i % length];
    }
  }

  private void discardUsed() {
    int used = position.sample();
    System.arraycopy(window, used, window, 0, filled - used);
    filled -= used;
    beginning = 0;
    position.rebase(used);
  }

  private void put(long count) {
    for (long left = count; left > 0; ) {
      int some = (int) Math.min(left, MAX_OUTPUTS);
      (some < many ? forFew : forMany).convolve(window, position, sums, some);
      round(sums, some);
      narrow(sums, output, some);
      outputs += some;
      next.pcm(output, 0, some);
      left -= some;
    }
  }

  // Apart, because only the first of the two is vectorised.
  private static void round(int[] sums, int count) {
    for (int i = 0; i < count; i++) {
      int value = (sums[i] + HALF) >> ResamplerFilter.UNITY_BITS;
      sums[i] = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
  }

  private static void narrow(int[] from, short[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (short) from[i];
    }
  }
}
