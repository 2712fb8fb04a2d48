package org.incipit.server.catalog.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What errors of drivers are to the catalogue. */
class FailuresTest {
  @Test
  void statesAreTakenByTheirClass() {
    for (String state : List.of("22021", "23505", "42P01", "54000")) {
      SQLException refused = new SQLException("no", state);
      assertThrows(IllegalStateException.class, () -> Failures.of(refused));
    }
    for (String state : List.of("08006", "40001", "53300", "57014", "25006", "22")) {
      SQLException failed = new SQLException("later", state);
      assertEquals(failed, Failures.of(failed).getCause());
    }
  }

  @Test
  void aCommitIsTakenBackOnlyIfTheDatabaseSaysSo() {
    assertThrows(IllegalStateException.class, () -> Failures.ofCommit(sql("23505")));
    for (String state : List.of("40001", "40P01")) {
      assertFalse(Failures.ofCommit(sql(state)).isOutcomeUnknown(), state);
    }
    for (String state : List.of("40003", "08006", "57P01", "XX000", "")) {
      assertTrue(Failures.ofCommit(sql(state)).isOutcomeUnknown(), state);
    }
    assertTrue(Failures.ofCommit(new SQLException("without a state")).isOutcomeUnknown());
  }

  @Test
  void ofSqliteOnlyAnErrorOfInputOrOutputLeavesACommitUnknown() {
    assertTrue(sqlite(SQLiteErrorCode.SQLITE_IOERR).isOutcomeUnknown());
    assertTrue(sqlite(SQLiteErrorCode.SQLITE_IOERR_FSYNC).isOutcomeUnknown());
    assertFalse(sqlite(SQLiteErrorCode.SQLITE_FULL).isOutcomeUnknown());
    assertFalse(sqlite(SQLiteErrorCode.SQLITE_INTERRUPT).isOutcomeUnknown());
    assertFalse(sqlite(SQLiteErrorCode.SQLITE_BUSY).isOutcomeUnknown());
  }

  private static SQLException sql(String state) {
    return new SQLException("lost", state);
  }

  private static CatalogException sqlite(SQLiteErrorCode code) {
    return Failures.ofCommit(new SQLiteException("lost", code));
  }
}
