package org.incipit.server.catalog.store;

import java.sql.SQLException;

/**
 * What is done in one transaction. It may be run again from its beginning if the database asks for
 * that, so it changes nothing outside of the session.
 */
@FunctionalInterface
public interface Work<T> {
  T run(Session session) throws SQLException;
}
