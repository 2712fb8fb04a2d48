package org.incipit.fingerprint.match;

import java.util.Arrays;
import org.incipit.fingerprint.Fingerprint;

/**
 * Picks the terms that stand for a fingerprint in AcoustID's index, the same when it is stored and
 * when it is looked up: up to {@value #MAX_TERMS} different sub-fingerprints without their four
 * lowest bits, from about seconds 10 to 27 of the audio. So two recordings share terms only if
 * their beginnings are less than about ten seconds apart.
 */
public final class QueryExtractor {
  /** The most terms of one fingerprint. */
  public static final int MAX_TERMS = 120;

  /** What a term keeps of a sub-fingerprint: the 28 upper bits. */
  public static final int TERM_MASK = 0xFFFFFFF0;

  /** The sub-fingerprint of digital silence; it is never a term. */
  private static final int SILENCE = 627964279;

  private static final int FIRST = 80;

  /** At least twice {@link #MAX_TERMS}, so that the search for a free slot is short. */
  private static final int SLOT_BITS = 8;

  private QueryExtractor() {}

  /**
   * The terms in the order in which the fingerprint has them; none if it is empty or only silence.
   */
  public static int[] extract(Fingerprint fingerprint) {
    int size = fingerprint.size();
    int audible = 0;
    for (int i = 0; i < size; i++) {
      if (fingerprint.at(i) != SILENCE) {
        audible++;
      }
    }
    int[] terms = new int[MAX_TERMS];
    int count = 0;
    // Open addressing; a slot holds the place of a term in terms, counted from 1.
    byte[] slots = new byte[1 << SLOT_BITS];
    int start = Math.max(0, Math.min(audible - MAX_TERMS, FIRST));
    for (int i = start; i < size && count < MAX_TERMS; i++) {
      if (fingerprint.at(i) == SILENCE) {
        continue;
      }
      int term = fingerprint.at(i) & TERM_MASK;
      int slot = (term * 0x9E3779B1) >>> (Integer.SIZE - SLOT_BITS);
      while (slots[slot] != 0 && terms[slots[slot] - 1] != term) {
        slot = (slot + 1) % slots.length;
      }
      if (slots[slot] == 0) {
        terms[count++] = term;
        slots[slot] = (byte) count;
      }
    }
    return Arrays.copyOf(terms, count);
  }
}
