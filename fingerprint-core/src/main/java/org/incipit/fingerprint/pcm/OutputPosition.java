package org.incipit.fingerprint.pcm;

/**
 * Where the next output of the resampler lies among its inputs: exactly {@code (index + frac /
 * 11025) / 256} input samples after some origin. Moving the origin along keeps the numbers small,
 * so that a stream of any length stays exact.
 */
final class OutputPosition {
  private static final int RATE = Resampler.OUTPUT_RATE;

  private final long step; // 1/256 input samples per 11025 outputs
  private final int indexStep;
  private final int fracStep;
  private final int period;
  private int index;
  private int frac;
  private int ordinal;

  OutputPosition(int inputRate) {
    step = (long) inputRate * ResamplerFilter.PHASES;
    indexStep = (int) (step / RATE);
    fracStep = (int) (step % RATE);
    period = RATE / greatestCommonDivisor(inputRate, RATE);
  }

  /** Puts the next output, the first of a stream, at the origin. */
  void reset() {
    index = 0;
    frac = 0;
    ordinal = 0;
  }

  /** The last input sample at or before the next output. */
  int sample() {
    return index >> 8;
  }

  /** How far beyond {@link #sample()} the next output lies, in 1/256. */
  int phase() {
    return index & (ResamplerFilter.PHASES - 1);
  }

  /** After how many outputs the phases, and the distances between the samples, repeat. */
  int period() {
    return period;
  }

  /** How many outputs of the {@link #period()} are passed. */
  int ordinal() {
    return ordinal;
  }

  /** The {@link #sample()} of the output {@code outputs} after the next one. */
  int sampleAfter(int outputs) {
    return (index + (int) ((outputs * step + frac) / RATE)) >> 8;
  }

  /** How many outputs from the next one on have their {@link #sample()} below {@code limit}. */
  long outputsBelow(int limit) {
    long distance = (((long) limit << 8) - index) * RATE - frac;
    return distance <= 0 ? 0 : (distance + step - 1) / step;
  }

  /** Passes over one output. */
  void advance() {
    index += indexStep;
    frac += fracStep;
    if (frac >= RATE) {
      frac -= RATE;
      index++;
    }
    ordinal = ordinal + 1 == period ? 0 : ordinal + 1;
  }

  /** Passes over {@code outputs} outputs, at most 32 768. */
  void advance(int outputs) {
    long ahead = outputs * step + frac;
    index += (int) (ahead / RATE);
    frac = (int) (ahead % RATE);
    ordinal = (ordinal + outputs) % period;
  }

  /** Moves the origin {@code samples} input samples ahead. */
  void rebase(int samples) {
    index -= samples << 8;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
