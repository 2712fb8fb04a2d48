package org.incipit.server.catalog.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that may be absent, bound and read in the same way on both stores. */
public final class Columns {
  private Columns() {}

  public static void setInt(PreparedStatement statement, int index, @Nullable Integer value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setInt(index, value);
    }
  }

  public static void setLong(PreparedStatement statement, int index, OptionalLong value)
      throws SQLException {
    if (value.isEmpty()) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, value.getAsLong());
    }
  }

  public static void setText(PreparedStatement statement, int index, @Nullable String value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.VARCHAR);
    } else {
      statement.setString(index, value);
    }
  }

  /** A UUID that is never absent. */
  public static UUID uuid(ResultSet row, int column, Dialect dialect) throws SQLException {
    return Objects.requireNonNull(dialect.uuid(row, column));
  }

  public static @Nullable Integer intOrNull(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  public static OptionalLong longOrEmpty(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  public static @Nullable String textOrNull(ResultSet row, int column) throws SQLException {
    return row.getString(column);
  }
}
