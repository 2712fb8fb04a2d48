package org.incipit.server.index.search;

import java.util.Arrays;

/** A set of hashes and what is wanted of the documents that share some of them. Immutable. */
public final class Query {
  /** The hits that are asked for if nothing else is said. */
  public static final int DEFAULT_LIMIT = 40;

  /** The most hits that can be asked for. */
  public static final int MAX_LIMIT = 10_000;

  /** The part of the best score that is asked for if nothing else is said, in percent. */
  public static final int DEFAULT_SCORE_PERCENT = 10;

  /** The most hashes that a query may have, repeated ones counted. */
  public static final int MAX_HASHES = 100_000;

  private final int[] hashes;
  private final int limit;
  private final int minScore;
  private final int scorePercent;

  private Query(int[] hashes, int limit, int minScore, int scorePercent) {
    this.hashes = hashes;
    this.limit = limit;
    this.minScore = minScore;
    this.scorePercent = scorePercent;
  }

  /**
   * The usual query: {@value #DEFAULT_LIMIT} hits, each with at least one in twenty of the hashes,
   * repeated ones counted, and {@value #DEFAULT_SCORE_PERCENT} % of the best.
   *
   * @param hashes in any order; copied
   * @throws IllegalArgumentException if there are more than {@value #MAX_HASHES}
   */
  public static Query of(int... hashes) {
    require(hashes.length <= MAX_HASHES, "a query must have at most 100000 hashes", hashes.length);
    return new Query(
        sorted(hashes),
        DEFAULT_LIMIT,
        Math.max(1, (hashes.length + 19) / 20),
        DEFAULT_SCORE_PERCENT);
  }

  /** The same with at most so many hits, 1..{@value #MAX_LIMIT}. */
  public Query withLimit(int hits) {
    require(hits >= 1 && hits <= MAX_LIMIT, "limit must be 1..10000", hits);
    return new Query(hashes, hits, minScore, scorePercent);
  }

  /** The same with hits that share at least so many hashes; 0 means 1. */
  public Query withMinScore(int score) {
    require(score >= 0, "minScore must not be negative", score);
    return new Query(hashes, limit, Math.max(1, score), scorePercent);
  }

  /** The same with hits of at least so many hundredths, 0..100, of the best score, rounded. */
  public Query withScorePercent(int percent) {
    require(percent >= 0 && percent <= 100, "scorePercent must be 0..100", percent);
    return new Query(hashes, limit, minScore, percent);
  }

  private static void require(boolean holds, String what, int value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " (got " + value + ")");
    }
  }

  private static int[] sorted(int[] hashes) {
    int[] sorted = new int[hashes.length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = hashes[i] ^ Integer.MIN_VALUE;
    }
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    int[] unique = count == sorted.length ? sorted : Arrays.copyOf(sorted, count);
    for (int i = 0; i < count; i++) {
      unique[i] ^= Integer.MIN_VALUE;
    }
    return unique;
  }

  /** The different hashes in ascending order, unsigned; not to be changed. */
  int[] hashes() {
    return hashes;
  }

  /** How many different hashes there are. */
  public int size() {
    return hashes.length;
  }

  /** The most hits. */
  public int limit() {
    return limit;
  }

  /** The least score of a hit, from 1 on. */
  public int minScore() {
    return minScore;
  }

  /** The least part of the best score that a hit has, in percent. */
  public int scorePercent() {
    return scorePercent;
  }
}
