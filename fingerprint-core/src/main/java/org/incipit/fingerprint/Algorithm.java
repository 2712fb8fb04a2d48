package org.incipit.fingerprint;

/**
 * The five fingerprint algorithms of Chromaprint, as numbers. Fingerprints of different algorithms
 * cannot be compared. All of them work on mono audio at {@value #SAMPLE_RATE} Hz; lengths named
 * "samples" count at that rate.
 *
 * <p>Source: Chromaprint 1.6.1.
 */
public enum Algorithm {
  /** The first algorithm, with its own classifiers. */
  TEST1(0, 4096, 1365, false),

  /** What AcoustID uses, and the {@linkplain #DEFAULT default}. */
  TEST2(1, 4096, 1365, false),

  /**
   * The classifiers of {@link #TEST2} on frames that do not overlap, so that its shortest audio is
   * 7.43 s. The interpolation that its original declares was never active there and is not here.
   */
  TEST3(2, 4096, 4096, false),

  /** {@link #TEST2} after removing leading silence. */
  TEST4(3, 4096, 1365, true),

  /** The classifiers of {@link #TEST2} on frames of half the length. */
  TEST5(4, 2048, 1024, false);

  /** The algorithm of AcoustID's database and of {@code fpcalc} unless told otherwise. */
  public static final Algorithm DEFAULT = TEST2;

  /** The rate in Hz that every fingerprint is computed at. */
  public static final int SAMPLE_RATE = 11025;

  private static final int FILTER_TAPS = 5;
  private static final int WIDEST_CLASSIFIER = 16;

  private final int id;
  private final int frameSize;
  private final int itemDuration;
  private final boolean removesSilence;

  Algorithm(int id, int frameSize, int itemDuration, boolean removesSilence) {
    this.id = id;
    this.frameSize = frameSize;
    this.itemDuration = itemDuration;
    this.removesSilence = removesSilence;
  }

  /**
   * The id 0..4 that a compressed fingerprint begins with; {@code fpcalc -algorithm} is one more.
   */
  public int id() {
    return id;
  }

  /** Samples in one spectrum. */
  public int frameSize() {
    return frameSize;
  }

  /** Samples that two neighbouring frames share. */
  public int overlap() {
    return frameSize - itemDuration;
  }

  /** Samples from one sub-fingerprint to the next. */
  public int itemDuration() {
    return itemDuration;
  }

  /** {@link #itemDuration()} in whole milliseconds, cut off. */
  public int itemDurationMillis() {
    return millis(itemDuration);
  }

  /**
   * Samples that a sub-fingerprint looks at beyond its own {@link #itemDuration()}: the first one
   * is complete after {@code delay() + itemDuration()} samples, then one follows every {@link
   * #itemDuration()}.
   */
  public int delay() {
    return ((FILTER_TAPS - 1) + (WIDEST_CLASSIFIER - 1)) * itemDuration + overlap();
  }

  /** {@link #delay()} in whole milliseconds, cut off. */
  public int delayMillis() {
    return millis(delay());
  }

  /** Whether leading silence is removed before anything else is computed. */
  public boolean removesSilence() {
    return removesSilence;
  }

  /** How many sub-fingerprints {@code samples} samples at {@value #SAMPLE_RATE} Hz give. */
  public long itemCount(long samples) {
    long beyondDelay = samples - delay();
    return beyondDelay < itemDuration ? 0 : beyondDelay / itemDuration;
  }

  /**
   * The algorithm with this id.
   *
   * @throws IllegalArgumentException if the id is not 0..4
   */
  public static Algorithm of(int id) {
    if (id < 0 || id >= BY_ID.length) {
      throw new IllegalArgumentException("algorithm id must be 0..4 (got " + id + ")");
    }
    return BY_ID[id];
  }

  private static final Algorithm[] BY_ID = values();

  private static int millis(int samples) {
    return (int) (samples * 1.0 / SAMPLE_RATE * 1000);
  }
}
