package org.incipit.server.acoustid;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.incipit.server.http.FakeRequest;
import org.incipit.server.http.Method;

/** Arguments out of a query string. */
final class Query {
  private Query() {}

  /** So many recordings, each named once. */
  static String mbids(int count) {
    return LongStream.range(0, count)
        .mapToObj(i -> "&mbid=" + new UUID(8, i))
        .collect(Collectors.joining());
  }

  static Arguments of(String text) {
    return Arguments.ofQuery(new FakeRequest(Method.GET, "/v2/lookup").withQuery(text));
  }
}
