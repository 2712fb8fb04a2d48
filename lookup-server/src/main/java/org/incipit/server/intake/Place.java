package org.incipit.server.intake;

import java.util.OptionalLong;

/**
 * A place in the history of a catalogue: there may be another history with the same positions, but
 * not with the same marks.
 *
 * @param position of a change; 0 before the first one
 * @param mark of that change, in decimal; empty at 0
 * @param build how often the index that is there was lost before
 */
record Place(long position, String mark, int build) {
  /** Before all changes. */
  static final Place BEGINNING = new Place(0, "", 0);

  /** Whether this is the mark of its change. */
  boolean isMarked(OptionalLong other) {
    return other.isPresent() && mark.equals(Long.toString(other.getAsLong()));
  }
}
