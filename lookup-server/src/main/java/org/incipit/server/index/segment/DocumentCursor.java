package org.incipit.server.index.segment;

/** Goes through a {@link DocumentSet} by ascending id, unsigned. */
public interface DocumentCursor {
  /** Goes to the next document, to the first one at the beginning; false if there is none. */
  boolean next();

  /** Its id. */
  int id();

  /** Whether it was deleted. */
  boolean deleted();
}
