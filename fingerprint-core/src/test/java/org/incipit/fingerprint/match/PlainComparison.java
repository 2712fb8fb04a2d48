package org.incipit.fingerprint.match;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules of the score written down one after the other, with nothing done to be fast. */
final class PlainComparison {
  private PlainComparison() {}

  static float compare(int[] a, int[] b, int maxOffset) {
    int offset = offset(a, b, maxOffset);
    if (offset == Integer.MIN_VALUE) {
      return 0;
    }
    int[] restA = Arrays.copyOfRange(a, Math.max(offset, 0), a.length);
    int[] restB = Arrays.copyOfRange(b, Math.max(-offset, 0), b.length);
    int n = Math.min(restA.length, restB.length) / 2 * 2;
    int shorter = Math.min(a.length, b.length) / 2 * 2;
    if (n == 0 || shorter == 0) {
      return 0;
    }
    int uniqueA = keys(restA).size();
    int uniqueB = keys(restB).size();
    if (votes(a, b, maxOffset).get(offset) < 0.02 * Math.max(uniqueA, uniqueB)) {
      return 0;
    }
    int errors = 0;
    for (int i = 0; i < n; i++) {
      errors += Integer.bitCount(restA[i] ^ restB[i]);
    }
    double score = Math.max(0, (double) n / shorter * (1 - errors / (16.0 * n)));
    double variety =
        Math.min(
            Math.min(1, (uniqueA + 10.0) / restA.length + 0.5),
            Math.min(1, (uniqueB + 10.0) / restB.length + 0.5));
    return (float) (variety < 1 ? StrictMath.pow(score, 8 - 7 * variety) : score);
  }

  private static int offset(int[] a, int[] b, int maxOffset) {
    Map<Integer, Integer> votes = new HashMap<>();
    int most = 0;
    int best = Integer.MIN_VALUE;
    TreeMap<Integer, Integer> lastInA = last(a);
    TreeMap<Integer, Integer> lastInB = last(b);
    for (int key : lastInA.keySet()) {
      if (lastInB.containsKey(key)) {
        int offset = lastInA.get(key) - lastInB.get(key);
        if (maxOffset == 0 || Math.abs(offset) <= maxOffset) {
          if (votes.merge(offset, 1, Integer::sum) > most) {
            most = votes.get(offset);
            best = offset;
          }
        }
      }
    }
    return best;
  }

  private static Map<Integer, Integer> votes(int[] a, int[] b, int maxOffset) {
    Map<Integer, Integer> votes = new HashMap<>();
    TreeMap<Integer, Integer> lastInB = last(b);
    last(a)
        .forEach((key, position) -> {
          if (lastInB.containsKey(key)) {
            votes.merge(position - lastInB.get(key), 1, Integer::sum);
          }
        });
    return votes;
  }

  /** Without position 0 and without the key of all ones. */
  private static TreeMap<Integer, Integer> last(int[] items) {
    TreeMap<Integer, Integer> last = new TreeMap<>();
    for (int i = 0; i < items.length; i++) {
      last.put(items[i] >>> 18, i);
    }
    last.values().removeIf(position -> position == 0);
    last.remove(16383);
    return last;
  }

  private static Set<Integer> keys(int[] items) {
    Set<Integer> keys = new HashSet<>();
    for (int item : items) {
      keys.add(item >>> 18);
    }
    return keys;
  }
}
