package org.incipit.server.catalog.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Copies rows from one session to another, one of which or both are PostgreSQL's: it is that one
 * which knows the types.
 */
final class TableCopy {
  private static final int BATCH = 500;

  private enum Kind {
    NUMBER,
    TRUTH,
    TEXT,
    BYTES,
    UUID
  }

  private record Column(String name, Kind kind) {}

  private final Session source;
  private final Session target;

  TableCopy(Session source, Session target) {
    this.source = source;
    this.target = target;
  }

  /** Replaces what the target has in a table. */
  void copy(String table) throws SQLException {
    List<Column> columns = columns(table);
    String names = String.join(", ", columns.stream().map(Column::name).toList());
    String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
    target.execute("DELETE FROM " + table);
    PreparedStatement select = source.prepare("SELECT " + names + " FROM " + table);
    select.setFetchSize(BATCH);
    PreparedStatement insert =
        target.prepare("INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")");
    try (ResultSet row = select.executeQuery()) {
      int waiting = 0;
      while (row.next()) {
        for (int i = 0; i < columns.size(); i++) {
          copy(row, insert, 1 + i, columns.get(i).kind());
        }
        insert.addBatch();
        if (++waiting == BATCH) {
          insert.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        insert.executeBatch();
      }
    }
    if (target.dialect() == Dialect.POSTGRES
        && columns.getFirst().equals(new Column("id", Kind.NUMBER))) {
      continueNumbers(table);
    }
  }

  private void copy(ResultSet row, PreparedStatement insert, int index, Kind kind)
      throws SQLException {
    switch (kind) {
      case NUMBER -> Columns.setLong(insert, index, Columns.longOrEmpty(row, index));
      case TEXT -> Columns.setText(insert, index, Columns.textOrNull(row, index));
      case UUID -> target.dialect().setUuid(insert, index, source.dialect().uuid(row, index));
      case TRUTH -> insert.setBoolean(index, row.getBoolean(index));
      case BYTES -> {
        byte[] bytes = row.getBytes(index);
        if (bytes == null) {
          insert.setNull(index, Types.BINARY);
        } else {
          insert.setBytes(index, bytes);
        }
      }
    }
  }

  private List<Column> columns(String table) throws SQLException {
    Session typed = source.dialect() == Dialect.POSTGRES ? source : target;
    List<Column> columns = new ArrayList<>();
    try (ResultSet rows = typed.prepare("SELECT * FROM " + table + " LIMIT 0").executeQuery()) {
      ResultSetMetaData types = rows.getMetaData();
      for (int i = 1; i <= types.getColumnCount(); i++) {
        String type = types.getColumnTypeName(i).toLowerCase(Locale.ROOT);
        Kind kind =
            switch (type) {
              case "int2", "int4", "int8", "serial", "bigserial" -> Kind.NUMBER;
              case "bool" -> Kind.TRUTH;
              case "text" -> Kind.TEXT;
              case "bytea" -> Kind.BYTES;
              case "uuid" -> Kind.UUID;
              default -> throw new IllegalStateException(table + " has a column of type " + type);
            };
        columns.add(new Column(types.getColumnName(i), kind));
      }
    }
    return columns;
  }

  /** Numbers that the database gives follow those that were copied. */
  private void continueNumbers(String table) throws SQLException {
    target.execute(
        "SELECT setval(pg_get_serial_sequence('%1$s', 'id'), max(id)) FROM %1$s".formatted(table));
  }
}
