package org.incipit.server.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.Database;
import org.incipit.server.catalog.store.Session;

/** An open catalogue and its tables. */
final class TestCatalog implements AutoCloseable {
  private final CatalogConfig config;
  private final Catalog catalog;
  private final Database database;
  private final List<Catalog> others = new ArrayList<>();

  TestCatalog(CatalogConfig config) throws CatalogException {
    this.config = config;
    catalog = Catalog.open(config);
    database = Database.open(config);
  }

  Catalog catalog() {
    return catalog;
  }

  Database database() {
    return database;
  }

  /** Opens the same once more, as another program would. */
  Catalog another() throws CatalogException {
    Catalog other = Catalog.open(config);
    others.add(other);
    return other;
  }

  void execute(String sql) throws CatalogException {
    database.write(session -> {
      session.execute(sql);
      return true;
    });
  }

  /** What a query for one number says. */
  long number(String sql) throws CatalogException {
    return database.read(session -> first(session, sql));
  }

  private static long first(Session session, String sql) throws SQLException {
    try (ResultSet row = session.prepare(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    others.forEach(Catalog::close);
    database.close();
    catalog.close();
  }
}
