package org.incipit.server.http.netty;

/** Something on a loop whose time can be over. */
abstract class Patient {
  private int place;

  /** Where the {@link Sweep} keeps it. */
  final int place() {
    return place;
  }

  final void setPlace(int place) {
    this.place = place;
  }

  /** Ends what has taken too long. */
  abstract void check(long now);
}
