package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.net.ListenLimits;
import org.incipit.server.net.Listener;
import org.incipit.server.net.NetAddress;
import org.incipit.server.net.Network;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line protocol over sockets; the client is Python's. */
class LineProtocolTest {
  private static final String INDEX = "main";
  private static final String CLIENT =
      """
      import socket, sys
      connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=60)
      def send(data):
          connection.sendall(data)
      def lines(count):
          got = b""
          while got.count(b"\\n") < count:
              piece = connection.recv(65536)
              if not piece:
                  break
              got += piece
          print(repr(got))
      def end():
          print("end" if connection.recv(1) == b"" else "more")
      """;

  @TempDir private Path folder;
  private final SearchThreads searches = new SearchThreads(1);
  private IndexCatalog catalog;
  private Network network;
  private Listener listener;

  @BeforeEach
  void open() throws IOException {
    catalog = IndexCatalog.open(folder, IndexConfig.DEFAULT);
    catalog.create(INDEX, false, OptionalLong.empty());
    network = new Network(1);
    LineProtocol lines =
        new IndexApi(catalog, searches, List.of(), List.of(), 1 << 20).lines(INDEX, () -> false);
    listener =
        network.listen(NetAddress.parse("127.0.0.1:0"), ListenLimits.DEFAULT, lines.protocol());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    searches.close();
    catalog.close();
    network.close();
  }

  private Process start(String script) throws IOException {
    String port = Integer.toString(((NetAddress.Tcp) listener.address()).port());
    return new ProcessBuilder("python3", "-c", CLIENT + script, port)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String output(Process client) throws IOException, InterruptedException {
    String out = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(client.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, client.exitValue(), out);
    return out;
  }

  private String talk(String script) throws IOException, InterruptedException {
    return output(start(script));
  }

  @Test
  void linesMayEndEitherWayComeInPiecesAndAheadOfTheirAnswers() throws Exception {
    String out =
        talk(
            """
            for byte in b"begin\\r\\ninsert 3 7,8\\n":
                send(bytes([byte]))
            send(b"commit\\r\\n\\r\\n\\nsearch 7,8\\nquit\\r\\necho not any more\\r\\n")
            lines(7)
            end()
            """);
    assertEquals(
        "b'OK \\r\\nOK \\r\\nOK \\r\\nOK \\r\\nOK \\r\\nOK 3:2\\r\\nOK \\r\\n'\nend\n", out);
  }

  @Test
  void aLineMayHaveSoManyBytesAndNoMore() throws Exception {
    String out =
        talk(
            """
            send(b"echo " + b"a" * (262144 - 5) + b"\\r\\n")
            got = b""
            while not got.endswith(b"\\n"):
                got += connection.recv(65536)
            print(len(got))
            send(b"echo " + b"a" * (262144 - 4) + b"\\r\\n")
            lines(1)
            end()
            """);
    assertEquals("262144\nb'ERR line too long\\r\\n'\nend\n", out);
  }

  @Test
  void whoSaysNothingForLongIsToldAndSentAway() throws Exception {
    String out =
        talk(
            """
            send(b"set idle_timeout 100\\r\\n")
            lines(1)
            send(b"half a li")
            lines(1)
            end()
            """);
    assertEquals("b'OK \\r\\n'\nb'ERR timeout\\r\\n'\nend\n", out);
  }

  @Test
  void whatComesThatIsNoLineOfTheProtocolIsAnswered() throws Exception {
    String out =
        talk(
            """
            send(b"GET /\\r\\n\\x00\\xff\\r\\necho \\xff\\x00\\r\\n")
            lines(3)
            """);
    assertEquals("b'ERR unknown command\\r\\nERR unknown command\\r\\nOK \\xff\\x00\\r\\n'\n", out);
  }

  @Test
  void aBrowserThatPostsIsNotListenedTo() throws Exception {
    String out =
        talk(
            """
            send(b"POST / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\nbegin\\ninsert 5 1\\ncommit\\n")
            lines(1)
            end()
            """);
    assertEquals("b'ERR unknown command\\r\\n'\nend\n", out);
    try (var lease = catalog.lease(INDEX)) {
      assertTrue(lease.index().get(5).isEmpty());
    }
  }

  @Test
  void drainingAnswersWhatHasComeAndDropsTransactions() throws Exception {
    Process client =
        start(
            """
            send(b"begin\\r\\ninsert 5 1\\r\\n")
            lines(2)
            sys.stdout.flush()
            end()
            """);
    while (listener.accepted() == 0) {
      Thread.onSpinWait();
    }
    StringBuilder said = new StringBuilder();
    for (int c = client.getInputStream().read(); c != '\n'; c = client.getInputStream().read()) {
      said.append((char) c);
    }
    assertEquals("b'OK \\r\\nOK \\r\\n'", said.toString());
    assertTrue(listener.drain(Deadline.after(Duration.ofMinutes(1))));
    assertEquals("end\n", output(client));
    try (var lease = catalog.lease(INDEX)) {
      assertTrue(lease.index().get(5).isEmpty());
    }
  }
}
