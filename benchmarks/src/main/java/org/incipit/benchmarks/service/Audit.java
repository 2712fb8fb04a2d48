package org.incipit.benchmarks.service;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a catalogue has each acknowledged submission of a {@link Ledger} exactly once. */
final class Audit {
  private static final int IMPORTED = 1;

  private final Ledger ledger;
  private final Connection connection;

  private Audit(Ledger ledger, Connection connection) {
    this.ledger = ledger;
    this.connection = connection;
  }

  /**
   * Waits until nothing is pending, then asks the database itself, and the server for each
   * fingerprint.
   *
   * @throws IllegalStateException if something is missing, or there twice
   */
  static void check(Ledger ledger, ServerProcess server, Place place)
      throws IOException, InterruptedException, SQLException {
    Map<Long, Long> acknowledged = ledger.acknowledged();
    try (AcoustId client = new AcoustId(server.http());
        Connection connection = place.connect()) {
      var statuses = client.await(acknowledged.values(), 120);
      acknowledged.forEach((number, id) ->
          expect(
              statuses.getOrDefault(id, new AcoustId.Status("", "")).status().equals("imported"),
              "submission " + id + " of " + number + " is " + statuses.get(id)));
      while (Place.number(connection, "SELECT count(*) FROM submission WHERE state = 0") > 0) {
        Thread.sleep(20);
      }
      Audit audit = new Audit(ledger, connection);
      audit.submissions(acknowledged);
      audit.sums();
      long fingerprints = Place.number(connection, "SELECT count(*) FROM fingerprint");
      awaitIndex(server, fingerprints);
      int found = 0;
      for (Map.Entry<Long, Long> entry : acknowledged.entrySet()) {
        long number = entry.getKey();
        String form = AcoustId.lookup(ledger.fingerprint(number), Ledger.duration(number));
        String track = statuses.getOrDefault(entry.getValue(), new AcoustId.Status("", "")).track();
        expect(
            client.find(form).stream().anyMatch(match -> match.track().equals(track)),
            number + " is not found as " + track);
        found++;
      }
      System.out.printf(
          "%d submissions acknowledged, all imported once and found (%d); %d in the catalogue, %d"
              + " fingerprints, %d tracks%n",
          acknowledged.size(),
          found,
          Place.number(connection, "SELECT count(*) FROM submission"),
          fingerprints,
          Place.number(connection, "SELECT count(*) FROM track"));
    }
  }

  private static void expect(boolean is, String otherwise) {
    if (!is) {
      throw new IllegalStateException(otherwise);
    }
  }

  /** By foreign id: how often it counts. */
  private void submissions(Map<Long, Long> acknowledged) throws SQLException {
    Map<String, Long> counted = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT foreign_id, sum(submissions) FROM track_foreign_id GROUP BY foreign_id")) {
      while (row.next()) {
        counted.put(row.getString(1), row.getLong(2));
      }
    }
    Map<String, Long> stored = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT foreign_id, id FROM submission WHERE state = " + IMPORTED)) {
      while (row.next()) {
        Long other = stored.put(row.getString(1), row.getLong(2));
        expect(other == null, row.getString(1) + " is submitted twice");
      }
    }
    expect(counted.keySet().equals(stored.keySet()), "not the same are counted as submitted");
    counted.forEach((id, count) -> expect(count == 1, id + " counts " + count + " times"));
    acknowledged.forEach((number, id) ->
        expect(id.equals(stored.get(Ledger.VENDOR + number)), number + " is not there"));
    for (Ledger.Order order : ledger.sent()) {
      boolean first = stored.containsKey(Ledger.VENDOR + order.first());
      for (long number = order.first(); number < order.end(); number++) {
        expect(
            stored.containsKey(Ledger.VENDOR + number) == first,
            order.first() + " and " + number + " of one request are there in part");
      }
    }
  }

  /** What must agree, whatever was submitted. */
  private void sums() throws SQLException {
    for (List<String> same :
        List.of(
            List.of(
                "SELECT count(*) FROM submission WHERE state = " + IMPORTED,
                "SELECT sum(submissions) FROM fingerprint",
                "SELECT sum(submissions) FROM track_foreign_id"),
            List.of(
                "SELECT last_fingerprint FROM feed",
                "SELECT count(*) FROM fingerprint",
                "SELECT max(id) FROM fingerprint",
                "SELECT count(DISTINCT fingerprint_id) FROM change",
                "SELECT count(DISTINCT fingerprint_id) FROM submission WHERE state = " + IMPORTED),
            List.of(
                "SELECT last_track FROM feed",
                "SELECT count(*) FROM track",
                "SELECT max(id) FROM track",
                "SELECT count(DISTINCT track_id) FROM fingerprint"),
            List.of(
                "SELECT position FROM feed",
                "SELECT count(*) FROM change",
                "SELECT max(position) FROM change"))) {
      long first = Place.number(connection, same.getFirst());
      for (String sql : same) {
        long other = Place.number(connection, sql);
        expect(other == first, same.getFirst() + " says " + first + ", " + sql + " " + other);
      }
    }
  }

  /** Waits until the index holds so many documents, and no more. */
  private static void awaitIndex(ServerProcess server, long fingerprints)
      throws IOException, InterruptedException {
    String info = "";
    for (int tried = 0; tried < 600; tried++) {
      info = Indexes.info(server, "_catalog");
      if (info.contains("\"num_docs\":" + fingerprints + ",")
          || info.contains("\"num_docs\":" + fingerprints + "}")) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("not " + fingerprints + " fingerprints in the index: " + info);
  }
}
