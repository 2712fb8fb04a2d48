package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index that follows the catalogue, as others see it. */
class FollowerApiTest {
  private static final String NAME = "_catalog";
  private static final String REFUSED = "{\"error\":\"FeedIsReadOnly\"}";

  @TempDir private Path folder;

  @BeforeEach
  void make() throws Exception {
    try (IndexCatalog catalog = IndexCatalog.open(folder, IndexConfig.DEFAULT)) {
      catalog.create(NAME, true, OptionalLong.empty());
      try (IndexLease lease = catalog.lease(NAME)) {
        lease.index().update(Batch.of(new Change.Insert(7, new int[] {1, 2, 3})));
      }
    }
  }

  @Test
  void itIsSearchedAndCopiedLikeAnyOther() throws Exception {
    try (ApiServer server = new ApiServer(folder)) {
      assertEquals(200, server.get("/" + NAME).status());
      assertEquals(200, server.get("/" + NAME + "/7").status());
      assertEquals(
          "{\"results\":[{\"id\":7,\"score\":3}]}",
          server.json(200, "POST", "/" + NAME + "/_search", "{\"query\":[1,2,3]}"));
      assertEquals(200, server.get("/" + NAME + "/_snapshot").status());
    }
  }

  @Test
  void nobodyElseWritesToIt() throws Exception {
    try (ApiServer server = new ApiServer(folder)) {
      for (List<String> request :
          List.of(
              List.of("DELETE", "", ""),
              List.of("POST", "/_update", ApiTest.insert(8, "1")),
              List.of("PUT", "/8", "[1]"),
              List.of("DELETE", "/7", ""))) {
        String path = "/" + NAME + request.get(1);
        assertEquals(REFUSED, server.json(403, request.getFirst(), path, request.getLast()));
      }
      server.json(400, "PUT", "/" + NAME, "");
      assertEquals(200, server.get("/" + NAME + "/7").status());
      assertEquals(404, server.get("/" + NAME + "/8").status());
    }
  }

  @Test
  void whereThereIsNoneNothingIsFound() throws Exception {
    try (ApiServer server = new ApiServer(folder.resolve("other"))) {
      server.json(404, "POST", "/" + NAME + "/_update", ApiTest.insert(8, "1"));
      server.json(200, "DELETE", "/" + NAME, "");
    }
  }
}
