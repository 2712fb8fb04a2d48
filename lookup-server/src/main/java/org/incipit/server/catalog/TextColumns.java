package org.incipit.server.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.incipit.server.catalog.store.Columns;

/** The seven columns of text metadata, in the order of its fields. */
final class TextColumns {
  /** Their names, as in SQL. */
  static final String NAMES = "track, artist, album, album_artist, track_no, disc_no, year";

  private TextColumns() {}

  /** Binds them from an index on. */
  static void set(PreparedStatement statement, int first, TextMetadata text) throws SQLException {
    Columns.setText(statement, first, text.track());
    Columns.setText(statement, first + 1, text.artist());
    Columns.setText(statement, first + 2, text.album());
    Columns.setText(statement, first + 3, text.albumArtist());
    Columns.setInt(statement, first + 4, text.trackNo());
    Columns.setInt(statement, first + 5, text.discNo());
    Columns.setInt(statement, first + 6, text.year());
  }

  /** What a row says from a column on. */
  static TextMetadata read(ResultSet row, int first) throws SQLException {
    return new TextMetadata(
        Columns.textOrNull(row, first),
        Columns.textOrNull(row, first + 1),
        Columns.textOrNull(row, first + 2),
        Columns.textOrNull(row, first + 3),
        Columns.intOrNull(row, first + 4),
        Columns.intOrNull(row, first + 5),
        Columns.intOrNull(row, first + 6));
  }
}
