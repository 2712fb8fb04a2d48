package org.incipit.fingerprint.pcm;

/**
 * Keeps count of what libchromaprint's resampler would have put out. It collects input in a buffer
 * of 32 768 samples and converts when that is full and at the end, at most 32 768 output samples at
 * a time; below 11 025 Hz the last conversion cannot put out all, and the rest is lost.
 *
 * <p>Only arithmetic on positions: output {@code k} stands at {@code floor(k · inputRate · 256 /
 * 11025) − 256 · center}, in 1/256 of an input sample.
 */
final class CapacityCut {
  private static final int CAPACITY = 32768;
  private static final int OUTPUT_RATE = Resampler.OUTPUT_RATE;

  private final int inputRate;
  private final int taps;
  private final int center;
  private long consumed;
  private long outputs;

  CapacityCut(int inputRate, ResamplerFilter filter) {
    this.inputRate = inputRate;
    this.taps = filter.taps;
    this.center = filter.center;
  }

  /** Begins a new stream. */
  void reset() {
    consumed = 0;
    outputs = 0;
  }

  /** The original's output so far, in samples. */
  long outputs() {
    return outputs;
  }

  /** So many input samples have come since the start of the stream. */
  void fed(long inputs) {
    while (inputs - consumed >= CAPACITY) {
      convert(consumed + CAPACITY);
    }
  }

  /** The stream ends, or pauses, after so many input samples. */
  void finish(long inputs) {
    if (inputs > consumed) {
      convert(inputs);
    }
  }

  private void convert(long inputs) {
    // What looks back beyond the first sample is put out whether its own samples have come or not.
    long ready = Math.max(outputsFrom(inputs - taps + 1 + center), outputsFrom(center));
    outputs = Math.max(outputs, Math.min(outputs + CAPACITY, ready));
    long seconds = outputs / OUTPUT_RATE;
    long rest = outputs % OUTPUT_RATE * inputRate * ResamplerFilter.PHASES / OUTPUT_RATE;
    long position = seconds * inputRate + (rest >> 8) - center;
    consumed = Math.max(consumed, Math.max(position, 0));
  }

  /** How many outputs stand before this distance from the first, in input samples. */
  private long outputsFrom(long distance) {
    return distance <= 0 ? 0 : (distance * OUTPUT_RATE + inputRate - 1) / inputRate;
  }
}
