package org.incipit.server.fpindex;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.net.Connection;
import org.incipit.server.net.LineTooLongException;
import org.incipit.server.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The line protocol of AcoustID's index before there was one over HTTP: a request is a line, and so
 * is the answer. Requests may be sent before their predecessors are answered.
 *
 * <pre>
 * request := (word (" "+ word)*)? "\r"? "\n"
 * answer  := ("OK " | "ERR ") text "\r\n"
 * </pre>
 */
public final class LineProtocol {
  /** The longest line, without its end. */
  public static final int MAX_LINE_BYTES = 256 << 10;

  private static final Logger LOG = System.getLogger(LineProtocol.class.getName());
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);
  private static final long ROOM_BYTES = 4 * Transaction.MOST_BYTES;

  private final LineIndex index;
  private final BooleanSupplier readOnly;
  private final Room room = new Room(ROOM_BYTES);

  /**
   * The protocol over a catalog, which stays the caller's; {@link IndexApi#lines} makes one.
   *
   * @param name of the index
   * @param readOnly whether nobody may write; asked whenever somebody wants to
   * @param threads of searches; stay the caller's
   * @param changes for all that are being committed
   */
  LineProtocol(
      IndexCatalog catalog,
      String name,
      ServiceMetrics metrics,
      BooleanSupplier readOnly,
      SearchThreads threads,
      Room changes) {
    index = new LineIndex(catalog, name, metrics, threads, changes);
    this.readOnly = readOnly;
  }

  /** To be listened with. */
  public Protocol protocol() {
    return Connection.protocol(WRITE_TIMEOUT, this::talk);
  }

  private void talk(Connection connection) throws IOException {
    try (LineSession session = new LineSession(index, readOnly, room)) {
      while (!session.hasEnded()) {
        byte[] line = read(connection, session.idleTimeout());
        if (line == null) {
          return;
        }
        String answer = session.answer(new String(line, StandardCharsets.ISO_8859_1));
        write(connection, answer);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "line protocol", e);
      write(connection, "ERR internal error");
    }
  }

  /** The next line; null if there is none, or none that can be answered. */
  private static byte @Nullable [] read(Connection connection, Duration timeout)
      throws IOException {
    connection.timeout(timeout);
    try {
      return connection.readLine(MAX_LINE_BYTES);
    } catch (LineTooLongException e) {
      write(connection, "ERR line too long");
      return null;
    } catch (SocketTimeoutException e) {
      write(connection, "ERR timeout");
      return null;
    }
  }

  private static void write(Connection connection, String answer) throws IOException {
    connection.timeout(WRITE_TIMEOUT);
    connection.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }
}
