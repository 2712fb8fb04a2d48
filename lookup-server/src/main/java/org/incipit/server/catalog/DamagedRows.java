package org.incipit.server.catalog;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.incipit.fingerprint.codec.FingerprintFormatException;

/**
 * The rows whose fingerprints turned out not to be any. They are told once each, and go on being
 * left out, so that one keeps nobody from the others. Thread-safe.
 */
final class DamagedRows {
  private static final Logger LOG = System.getLogger(DamagedRows.class.getName());

  private final Set<String> found = ConcurrentHashMap.newKeySet();

  /** One was met. */
  void add(String table, long id, FingerprintFormatException damage) {
    String row = table + " " + id;
    if (found.add(row)) {
      LOG.log(Level.WARNING, "the stored bytes of " + row + " are damaged: " + damage.getMessage());
    }
  }

  /** How many were met since the catalogue was opened. */
  int count() {
    return found.size();
  }
}
