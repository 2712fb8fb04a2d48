package org.incipit.server.catalog.store;

import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteException;
import org.sqlite.core.Codes;

/** What errors of a database are to those who use the catalogue. */
final class Failures {
  /** Classes of SQLSTATE: data exceptions, constraints, access rules and syntax, limits. */
  private static final Set<String> PERMANENT_CLASSES = Set.of("22", "23", "42", "54");

  private static final Set<Integer> PERMANENT_CODES =
      Set.of(Codes.SQLITE_CONSTRAINT, Codes.SQLITE_TOOBIG, Codes.SQLITE_MISMATCH);

  /** Of SQLite's extended result codes. */
  private static final int PRIMARY_CODE = 0xff;

  private Failures() {}

  /**
   * What the failure of a commit is: unless the database has said itself that it took the
   * transaction back, or never had begun to end it, the outcome is unknown.
   */
  static CatalogException ofCommit(SQLException cause) {
    return isTakenBack(cause) ? of(cause) : CatalogException.ofUnknownOutcome(cause);
  }

  private static boolean isTakenBack(SQLException cause) {
    if (cause instanceof SQLiteException own) {
      int code = own.getResultCode().code & PRIMARY_CODE;
      return code != Codes.SQLITE_IOERR;
    }
    // Integrity constraints and conflicts, but for "statement completion unknown".
    String state = String.valueOf(cause.getSQLState());
    return state.startsWith("23") || (state.startsWith("40") && !state.equals("40003"));
  }

  /**
   * What may be otherwise later.
   *
   * @throws IllegalStateException instead, if the database will never do what it was asked for
   */
  static CatalogException of(SQLException cause) {
    if (isPermanent(cause)) {
      throw new IllegalStateException(
          "the catalogue's database refuses this: " + cause.getMessage(), cause);
    }
    return unavailable(cause);
  }

  /** The same while a database is opened or copied: then everything is a matter of the database. */
  static CatalogException unavailable(SQLException cause) {
    return new CatalogException("the catalogue's database: " + cause.getMessage(), cause);
  }

  private static boolean isPermanent(SQLException cause) {
    if (cause instanceof SQLiteException e) {
      return PERMANENT_CODES.contains(e.getResultCode().code & PRIMARY_CODE);
    }
    String state = cause.getSQLState();
    return state != null
        && state.length() == 5
        && PERMANENT_CLASSES.contains(state.substring(0, 2));
  }
}
