package org.incipit.server.acoustid;

import org.incipit.server.http.FakeRequest;
import org.incipit.server.http.Method;

/** Arguments out of a query string. */
final class Query {
  private Query() {}

  static Arguments of(String text) {
    return Arguments.ofQuery(new FakeRequest(Method.GET, "/v2/lookup").withQuery(text));
  }
}
