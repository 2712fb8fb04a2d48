package org.incipit.server.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.incipit.server.catalog.FeedChange;
import org.incipit.server.catalog.FeedHead;

/** What an index follows; see {@link org.incipit.server.catalog.Feed}. */
interface ChangeSource {
  /** Of the catalogue. */
  UUID id();

  FeedHead head() throws IOException;

  List<FeedChange> after(long position, int most) throws IOException;

  /** The mark of the change at a position; nothing if there is none. */
  OptionalLong markAt(long position) throws IOException;

  /** What it keeps in memory of its content is of a history that was undone. */
  void forget();

  /** How often it is to be looked at when nobody says that there is something new. */
  default Duration poll() {
    return Duration.ofMillis(200);
  }

  /** Whether its history has a place in it. */
  default boolean has(Place place) throws IOException {
    return place.position() == 0 || place.isMarked(markAt(place.position()));
  }
}
