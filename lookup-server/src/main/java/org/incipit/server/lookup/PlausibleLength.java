package org.incipit.server.lookup;

/**
 * How many items a fingerprint of audio of some duration can have at most. A real one has 8.1 a
 * second; durations that are estimated from a bit rate can be too short by half.
 */
public final class PlausibleLength {
  private static final int MOST_A_SECOND = 20;

  /** For durations that are a few seconds only: two minutes of audio. */
  private static final int MOST_BESIDE = 1000;

  /** The longest file that can be submitted: who looks up may say anything. */
  private static final int LONGEST = 32767;

  private PlausibleLength() {}

  /**
   * Whether a fingerprint may have so many items. The header tells how many, before they are
   * unpacked.
   *
   * @param duration whole seconds of the whole file
   */
  public static boolean has(int items, int duration) {
    return items <= most(duration);
  }

  /** The most items that a fingerprint of audio of so many seconds may have. */
  public static int most(int duration) {
    return MOST_A_SECOND * Math.min(duration, LONGEST) + MOST_BESIDE;
  }
}
