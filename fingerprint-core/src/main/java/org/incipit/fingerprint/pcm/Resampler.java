package org.incipit.fingerprint.pcm;

/**
 * Converts mono samples to 11 025 Hz in integers, as libchromaprint's own resampler does.
 *
 * <p>An output sample comes out in the call that brings the last input sample under its filter. The
 * filter looks back beyond the beginning of the stream as into a mirror; beyond the end it does not
 * look, so the last half filter length is never heard.
 */
public final class Resampler implements PcmSink {
  private static final int OUTPUT_RATE = 11025;
  private static final int BLOCK = 4096;
  private static final int UNITY_BITS = 15;

  private final PcmSink next;
  private final short[] output = new short[BLOCK];
  private int inputRate;
  private ResamplerFilter filter = ResamplerFilter.NONE;
  private CapacityCut cut = new CapacityCut(OUTPUT_RATE, OUTPUT_RATE, filter);

  /**
   * Input from the sample under the first tap of the next output on; before that, the beginning.
   */
  private int[] window = new int[0];

  private int filled;
  private int pending;

  /** The next output's first tap within {@link #window}, in 1/256 samples; negative at first. */
  private int index;

  private int fraction;
  private long inputs;
  private long outputs;

  public Resampler(PcmSink next) {
    this.next = next;
  }

  /**
   * Begins a new stream. Allocates when the rate is another one than before.
   *
   * @param sampleRate 1001..8388607 Hz
   */
  public void start(int sampleRate) {
    if (sampleRate != inputRate) {
      inputRate = sampleRate;
      filter = new ResamplerFilter(sampleRate, OUTPUT_RATE);
      cut = new CapacityCut(sampleRate, OUTPUT_RATE, filter);
      window = new int[2 * filter.taps + BLOCK];
    }
    cut.reset();
    filled = 0;
    pending = 0;
    index = -ResamplerFilter.PHASES * filter.center;
    fraction = 0;
    inputs = 0;
    outputs = 0;
  }

  /** Samples put out since the start of the stream. */
  public long outputs() {
    return outputs;
  }

  /** Samples that libchromaprint would have put out by the last {@link #finish()}. */
  public long originalOutputs() {
    return cut.outputs();
  }

  @Override
  public void pcm(short[] samples, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end) {
      int n = Math.min(end - at, window.length - filled);
      for (int i = 0; i < n; i++) {
        window[filled + i] = samples[at + i];
      }
      filled += n;
      inputs += n;
      at += n;
      convert();
      discardUsed();
    }
    cut.fed(inputs);
  }

  /**
   * Ends the stream: what still looks back beyond its beginning comes out, wrapped if it must be.
   */
  public void finish() {
    if (inputs > 0) {
      while (index < 0) {
        emit(wrapped());
      }
      flush();
    }
    cut.finish(inputs);
  }

  private void convert() {
    int taps = filter.taps;
    while ((index >> 8) + taps <= filled) {
      emit(index < 0 ? wrapped() : straight());
    }
    flush();
  }

  private int straight() {
    int[] coefficients = filter.phase(index & 255);
    int from = index >> 8;
    int sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      sum += window[from + i] * coefficients[i];
    }
    return sum;
  }

  /** Mirrored at the first sample, modulo the stream if that is shorter than the filter. */
  private int wrapped() {
    int[] coefficients = filter.phase(index & 255);
    int from = index >> 8;
    int sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      sum += window[Math.abs(from + i) % filled] * coefficients[i];
    }
    return sum;
  }

  private void emit(int sum) {
    int value = (sum + (1 << (UNITY_BITS - 1))) >> UNITY_BITS;
    output[pending++] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    advance();
    if (pending == BLOCK) {
      flush();
    }
  }

  private void advance() {
    int step = inputRate * ResamplerFilter.PHASES;
    index += step / OUTPUT_RATE;
    fraction += step % OUTPUT_RATE;
    if (fraction >= OUTPUT_RATE) {
      fraction -= OUTPUT_RATE;
      index++;
    }
  }

  private void flush() {
    if (pending > 0) {
      int count = pending;
      pending = 0;
      outputs += count;
      next.pcm(output, 0, count);
    }
  }

  private void discardUsed() {
    int used = Math.min(Math.max(index, 0) >> 8, filled);
    // The mirror needs the beginning as long as anything looks back.
    if (index >= 0 && used > 0) {
      System.arraycopy(window, used, window, 0, filled - used);
      filled -= used;
      index -= used << 8;
    }
  }
}
