package org.incipit.server.index.segment;

/** Ids of documents, each marked as inserted or deleted. Immutable. */
public interface DocumentSet {
  /** How many there are. */
  long size();

  /** The smallest, unsigned; only if there are any. */
  int minId();

  /** The greatest, unsigned; only if there are any. */
  int maxId();

  /** Whether this id is among them, be it as a deleted one. */
  boolean mentions(int id);

  /** Whether this id is among them and was inserted. */
  boolean inserts(int id);

  /** All of them in ascending order. */
  DocumentCursor cursor();
}
