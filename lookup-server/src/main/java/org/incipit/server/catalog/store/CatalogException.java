package org.incipit.server.catalog.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's database cannot do what was asked now: it is away, too slow, full. It may be able
 * to later.
 */
public final class CatalogException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean isOutcomeUnknown;

  CatalogException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private CatalogException(String message, @Nullable Throwable cause, boolean isOutcomeUnknown) {
    super(message, cause);
    this.isOutcomeUnknown = isOutcomeUnknown;
  }

  /** Nobody knows whether the work was done: the answer to its commit did not come. */
  static CatalogException ofUnknownOutcome(Throwable cause) {
    return new CatalogException(
        "the catalogue's database was lost while it stored, and may have or not: "
            + cause.getMessage(),
        cause,
        true);
  }

  /**
   * Whether what was to be written may have been written all the same. Otherwise nothing was, and
   * trying again does no harm.
   */
  public boolean isOutcomeUnknown() {
    return isOutcomeUnknown;
  }
}
