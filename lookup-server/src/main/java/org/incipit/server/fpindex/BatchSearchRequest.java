package org.incipit.server.fpindex;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several searches at once, at most {@value #MAX_QUERIES}. */
record BatchSearchRequest(List<SearchRequest> queries) {
  static final int MAX_QUERIES = 1000;

  private static final Fields FIELDS = Fields.of("queries");

  BatchSearchRequest {
    queries = List.copyOf(queries);
  }

  static BatchSearchRequest read(BodyReader in) throws BodyFormatException, Refusal {
    List<SearchRequest> queries = null;
    in.enterMap();
    while (in.field(FIELDS) != null) {
      queries = queries(in);
    }
    in.end();
    return new BatchSearchRequest(in.required("queries", queries));
  }

  private static @Nullable List<SearchRequest> queries(BodyReader in)
      throws BodyFormatException, Refusal {
    List<SearchRequest> queries = new ArrayList<>();
    in.enterArray();
    while (in.hasNext()) {
      if (queries.size() == MAX_QUERIES) {
        throw in.refusal("more than " + MAX_QUERIES + " queries");
      }
      queries.add(SearchRequest.readOne(in));
    }
    return queries;
  }
}
