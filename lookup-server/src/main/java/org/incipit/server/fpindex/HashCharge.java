package org.incipit.server.fpindex;

/** Told of hashes before memory is taken for them. */
@FunctionalInterface
interface HashCharge {
  /** For what is short enough as it is. */
  HashCharge NONE = more -> {};

  /**
   * So many more are going to be there.
   *
   * @throws Refusal if they find no room
   */
  void hashes(int more) throws Refusal;
}
