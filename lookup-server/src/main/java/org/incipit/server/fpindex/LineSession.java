package org.incipit.server.fpindex;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * A client of the line protocol: what it has set, and its transaction. A line goes in, a line comes
 * out, both without their ends and with a character for each byte. One thread.
 */
final class LineSession implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LineSession.class.getName());

  private final LineIndex index;
  private final BooleanSupplier readOnly;
  private final Room room;
  private final Map<SessionAttribute, Integer> attributes = new EnumMap<>(SessionAttribute.class);
  private @Nullable Transaction transaction;
  private boolean ended;

  /**
   * A new session.
   *
   * @param readOnly asked whenever something is to be written
   */
  LineSession(LineIndex index, BooleanSupplier readOnly, Room room) {
    this.index = index;
    this.readOnly = readOnly;
    this.room = room;
  }

  /** Answers a line. */
  String answer(String line) {
    try {
      return "OK " + run(LineRequest.parse(line));
    } catch (LineError e) {
      return "ERR " + e.text();
    }
  }

  /** Whether the client has said goodbye. */
  boolean hasEnded() {
    return ended;
  }

  /** How long the next line may take; zero for without end. */
  Duration idleTimeout() {
    Duration own = Duration.ofMillis(value(SessionAttribute.IDLE_TIMEOUT));
    boolean isLong = own.isZero() || own.compareTo(Transaction.LONGEST_IDLE) > 0;
    return transaction != null && isLong ? Transaction.LONGEST_IDLE : own;
  }

  private String run(LineRequest request) throws LineError {
    if (request.command().startsWith("quit")) {
      ended = true;
      return "";
    }
    return switch (request.command()) {
      case "" -> "";
      case "echo" -> String.join(" ", request.arguments());
      case "search" -> search(request);
      case "begin" -> begin();
      case "insert" -> insert(request);
      case "commit" -> commit();
      case "rollback" -> rollback();
      case "optimize" -> optimize();
      case "cleanup" -> cleanup();
      case "get" -> get(request.attributeArguments(1).getFirst());
      case "set" -> set(request.attributeArguments(2));
      default -> throw unknown(request);
    };
  }

  /**
   * Ends it if this looks like HTTP: any web page can have a browser send that, with commands in
   * the lines of the body.
   */
  private LineError unknown(LineRequest request) {
    List<String> arguments = request.arguments();
    ended =
        request.command().equalsIgnoreCase("host:")
            || (!arguments.isEmpty() && arguments.getLast().startsWith("HTTP/"));
    return new LineError("unknown command");
  }

  private String search(LineRequest request) throws LineError {
    int[] hashes = LineNumbers.hashes(request.arguments(1).getFirst());
    if (hashes.length > Query.MAX_HASHES) {
      throw new LineError("too many hashes");
    }
    int limit = Math.min(value(SessionAttribute.MAX_RESULTS), Query.MAX_LIMIT);
    if (limit == 0) {
      return "";
    }
    Query query =
        Query.of(hashes)
            .withMinScore(1)
            .withLimit(limit)
            .withScorePercent(value(SessionAttribute.TOP_SCORE_PERCENT));
    Hits hits = search(query);
    if (!hits.isComplete()) {
      throw new LineError("timeout exceeded");
    }
    StringBuilder text = new StringBuilder(16 * hits.size());
    for (int i = 0; i < hits.size(); i++) {
      text.append(i == 0 ? "" : " ");
      text.append(Integer.toUnsignedLong(hits.id(i))).append(':').append(hits.score(i));
    }
    return text.toString();
  }

  private Hits search(Query query) throws LineError {
    try {
      return index.search(query, Duration.ofMillis(value(SessionAttribute.TIMEOUT)));
    } catch (IOException e) {
      throw failed("search failed", e);
    }
  }

  private String begin() throws LineError {
    requireWritable();
    if (transaction != null) {
      throw new LineError("already in transaction");
    }
    transaction = new Transaction(room);
    return "";
  }

  private void requireWritable() throws LineError {
    if (index.isFollower()) {
      throw new LineError("read-only: the index follows the catalogue");
    }
    if (readOnly.getAsBoolean()) {
      throw new LineError("read-only: writing needs a token, over HTTP");
    }
  }

  private Transaction transaction() throws LineError {
    if (transaction == null) {
      throw new LineError("not in transaction");
    }
    return transaction;
  }

  private String insert(LineRequest request) throws LineError {
    Transaction open = transaction();
    List<String> arguments = request.arguments(2);
    open.insert(LineNumbers.id(arguments.getFirst()), LineNumbers.hashes(arguments.getLast()));
    return "";
  }

  /** Whether it works or not, the transaction is over. */
  private String commit() throws LineError {
    try (Transaction open = transaction()) {
      transaction = null;
      requireWritable();
      if (!open.isEmpty()) {
        index.commit(open.batch());
      }
      if (open.optimizes()) {
        index.optimize();
      }
      return "";
    } catch (Refusal e) {
      throw e.name() == Refusal.Name.OVERLOADED ? Transaction.noRoom() : Transaction.tooLarge();
    } catch (IOException e) {
      throw failed("commit failed", e);
    }
  }

  private String rollback() throws LineError {
    transaction();
    close();
    return "";
  }

  private String optimize() throws LineError {
    transaction().optimize();
    return "";
  }

  /** Nothing to do: files that nobody uses go by themselves. */
  private String cleanup() throws LineError {
    transaction();
    return "";
  }

  private String get(String name) throws LineError {
    SessionAttribute own = SessionAttribute.named(name);
    if (own != null) {
      return Integer.toString(value(own));
    }
    String key = text(name);
    String value = transaction == null ? null : transaction.attribute(key);
    try {
      return bytes(value == null ? index.attribute(key) : value);
    } catch (IOException e) {
      throw failed("no index", e);
    }
  }

  private String set(List<String> arguments) throws LineError {
    String name = arguments.getFirst();
    String value = arguments.getLast();
    SessionAttribute own = SessionAttribute.named(name);
    if (own == null) {
      transaction().set(text(name), text(value));
    } else {
      attributes.put(own, own.parse(value));
    }
    return "";
  }

  private int value(SessionAttribute attribute) {
    return attributes.getOrDefault(attribute, attribute.standard());
  }

  private static LineError failed(String what, IOException e) {
    LOG.log(Level.WARNING, "line protocol: " + what + ": " + e.getMessage());
    return new LineError(what);
  }

  /** Text of a character for each byte in UTF-8. */
  private static String bytes(@Nullable String text) {
    return text == null
        ? ""
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String text(String bytes) throws LineError {
    String text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    if (!bytes(text).equals(bytes)) {
      throw new LineError("invalid value");
    }
    return text;
  }

  /** Takes back what was not committed. */
  @Override
  public void close() {
    if (transaction != null) {
      transaction.close();
      transaction = null;
    }
  }
}
