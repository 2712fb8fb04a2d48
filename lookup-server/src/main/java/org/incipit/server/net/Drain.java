package org.incipit.server.net;

/** The user event that asks the protocol of a connection to finish what it does and to close. */
public enum Drain {
  FINISH
}
