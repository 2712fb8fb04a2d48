package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.incipit.server.catalog.store.CatalogLoad;
import org.incipit.server.catalog.store.Database;
import org.junit.jupiter.api.Test;

/** What a database will never do is no outage. */
class RefusedWorkTest extends OnBothStores {
  @Test
  void whatTheDatabaseRefusesIsNoOutage() throws Exception {
    Database database = store.database();
    assertThrows(
        IllegalStateException.class,
        () ->
            database.write(session -> {
              session.execute("INSERT INTO track_mbid VALUES (7, NULL, 1, FALSE)");
              return 0;
            }));
    Samples.founded(catalog, Samples.submission(1));
    assertThrows(
        IllegalStateException.class,
        () ->
            database.write(session -> {
              session.execute("INSERT INTO change VALUES (1, 1, 1)");
              return 0;
            }));
  }

  @Test
  void whatABatchHasLeftIsNotWrittenByTheNext() throws Exception {
    Submission one = Samples.claimed(catalog, Samples.submission(1)).getFirst();
    FeedHead head = catalog.feed().head();
    store.execute("INSERT INTO change VALUES (1, 1, 1)");
    List<Decision> founded = List.of(new Decision.Founded(one, 1, 1, Samples.uuid(1)));
    assertThrows(IllegalStateException.class, () -> catalog.feed().decide(head, founded));
    store.execute("DELETE FROM change");
    assertEquals(true, catalog.feed().decide(head, founded));
    assertEquals(1, catalog.feed().after(0, 10).size());
  }

  @Test
  void theLoadIsKnown() throws Exception {
    store.database().read(session -> 0);
    CatalogLoad load = store.database().load();
    assertEquals(0, load.waiting());
    assertEquals(0, load.refused());
  }
}
