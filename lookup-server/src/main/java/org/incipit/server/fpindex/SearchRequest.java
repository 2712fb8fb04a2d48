package org.incipit.server.fpindex;

import java.time.Duration;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * What is searched.
 *
 * @param timeout zero for none
 * @param scorePercent as it came: the query's is 100 at most
 */
record SearchRequest(Query query, Duration timeout, long scorePercent) {
  private static final Fields FIELDS =
      Fields.of("query", "timeout", "limit", "min_score?", "score_pct");
  private static final int MAX_LIMIT = 100;
  private static final long DEFAULT_TIMEOUT_MILLIS = 500;
  private static final long MAX_TIMEOUT_MILLIS = 10_000;

  static SearchRequest read(BodyReader in) throws BodyFormatException, Refusal {
    SearchRequest request = readOne(in);
    in.end();
    return request;
  }

  /** Reads one that others may follow. */
  static SearchRequest readOne(BodyReader in) throws BodyFormatException, Refusal {
    int @Nullable [] hashes = null;
    long timeout = DEFAULT_TIMEOUT_MILLIS;
    long limit = Query.DEFAULT_LIMIT;
    long minScore = -1;
    long percent = Query.DEFAULT_SCORE_PERCENT;
    in.enterMap();
    for (String field = in.field(FIELDS); field != null; field = in.field(FIELDS)) {
      switch (field) {
        case "query" -> hashes = in.hashes(Query.MAX_HASHES, HashCharge.NONE);
        case "timeout" -> timeout = in.u32();
        case "limit" -> limit = in.u32();
        case "min_score" -> minScore = in.u32();
        default -> percent = in.u32();
      }
    }
    Query query =
        Query.of(in.required("query", hashes))
            .withLimit(Math.clamp(limit, 1, MAX_LIMIT))
            .withScorePercent((int) Math.min(percent, 100));
    if (minScore >= 0) {
      query = query.withMinScore((int) Math.min(minScore, Integer.MAX_VALUE));
    }
    Duration wait = Duration.ofMillis(Math.min(timeout, MAX_TIMEOUT_MILLIS));
    return new SearchRequest(query, wait, percent);
  }

  /** How many of the hits reach the percentage: all, or none if it is so far above 100. */
  int kept(Hits hits) {
    if (scorePercent <= 100 || hits.size() == 0) {
      return hits.size();
    }
    long best = hits.score(0);
    return (50 + best * scorePercent) / 100 > best ? 0 : hits.size();
  }
}
