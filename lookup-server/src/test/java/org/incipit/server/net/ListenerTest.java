package org.incipit.server.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
  private static final NetAddress ANY_PORT = NetAddress.parse("127.0.0.1:0");
  private static final Deadline LONG = Deadline.after(Duration.ofMinutes(5));

  @TempDir Path folder;

  private static Protocol echo() {
    return Connection.protocol(Duration.ZERO, ListenerTest::echo);
  }

  private static void echo(Connection connection) throws IOException {
    for (byte[] line = connection.readLine(1000); line != null; line = connection.readLine(1000)) {
      connection.write(line);
      connection.write(new byte[] {'\n'});
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tcpAndUnixSocketsAreServedByOneLoopOfEitherKind(boolean epoll) throws Exception {
    Path path = folder.resolve("s");
    try (Network network = new Network(1, epoll);
        Listener tcp = network.listen(ANY_PORT, ListenLimits.DEFAULT, echo());
        Listener unix = network.listen(new NetAddress.Unix(path), ListenLimits.DEFAULT, echo());
        Socket client = connect(tcp);
        SocketChannel local = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertNotEquals(0, ((NetAddress.Tcp) tcp.address()).port());
      assertEcho(client);
      local.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.UTF_8)));
      byte[] answer = Channels.newInputStream(local).readNBytes(6);
      assertEquals("hello\n", new String(answer, StandardCharsets.UTF_8));
      assertEquals(1, tcp.open());
      assertEquals(1, unix.accepted());
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void aTakenPortIsSaidInOneLine() throws Exception {
    try (Network network = new Network(1);
        Listener first = network.listen(ANY_PORT, ListenLimits.DEFAULT, echo())) {
      String message =
          assertThrows(
                  IOException.class,
                  () -> network.listen(first.address(), ListenLimits.DEFAULT, echo()))
              .getMessage();
      assertTrue(message.startsWith("cannot listen on " + first.address() + ": "), message);
      assertTrue(message.contains("ddress already in use"), message);
      assertFalse(message.contains("\n"), message);
    }
  }

  @Test
  void aHostThatIsNotKnownIsSaid() {
    try (Network network = new Network(1)) {
      NetAddress nowhere = new NetAddress.Tcp("nowhere.invalid", 0);
      String message =
          assertThrows(
                  IOException.class, () -> network.listen(nowhere, ListenLimits.DEFAULT, echo()))
              .getMessage();
      assertEquals("cannot listen on nowhere.invalid:0: unknown host", message);
    }
  }

  @Test
  void aSocketLeftByAKilledProcessIsReplacedAndALivingOneIsNot() throws Exception {
    Path path = folder.resolve("s");
    NetAddress address = new NetAddress.Unix(path);
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(path));
    }
    assertTrue(Files.exists(path));
    try (Network network = new Network(1);
        Listener first = network.listen(address, ListenLimits.DEFAULT, echo())) {
      assertThrows(IOException.class, () -> network.listen(address, ListenLimits.DEFAULT, echo()));
      assertTrue(Files.exists(path));
      assertEquals(address, first.address());
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws Exception {
    Path path = Files.writeString(folder.resolve("s"), "precious");
    try (Network network = new Network(1)) {
      assertThrows(
          IOException.class,
          () -> network.listen(new NetAddress.Unix(path), ListenLimits.DEFAULT, echo()));
    }
    assertEquals("precious", Files.readString(path));
  }

  @Test
  void aPipeIsNoSocketThatNobodyListensOn() throws Exception {
    Path path = folder.resolve("s");
    assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
    try (Network network = new Network(1)) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> network.listen(new NetAddress.Unix(path), ListenLimits.DEFAULT, echo()));
      assertTrue(e.getMessage().endsWith("there is a file that is no socket"), e.getMessage());
    }
    assertTrue(Files.exists(path));
  }

  @Test
  void aSocketThatAnotherHasPutInItsPlaceIsNotRemoved() throws Exception {
    Path path = folder.resolve("s");
    try (Network network = new Network(1);
        ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Listener first = network.listen(new NetAddress.Unix(path), ListenLimits.DEFAULT, echo());
      Files.move(path, folder.resolve("moved"));
      other.bind(UnixDomainSocketAddress.of(path));
      first.close();
      assertTrue(Files.exists(path));
    }
  }

  @Test
  void connectionsAboveTheLimitAreClosedAndPlaceBecomesFreeAgain() throws Exception {
    ListenLimits limits = ListenLimits.DEFAULT.withMaxConnections(3);
    try (Network network = new Network(2);
        Listener listener = network.listen(ANY_PORT, limits, echo())) {
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        clients.add(connect(listener));
        assertEcho(clients.getLast());
      }
      try (Socket fourth = connect(listener)) {
        assertEnd(fourth);
      }
      assertEquals(3, listener.open());
      assertEquals(1, listener.refused());
      clients.removeFirst().close();
      while (listener.open() == 3) {
        Thread.onSpinWait();
      }
      clients.add(connect(listener));
      assertEcho(clients.getLast());
      assertEquals(4, listener.accepted());
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void afterStopTheOpenOnesGoOnAndNoneIsAccepted() throws Exception {
    try (Network network = new Network(1);
        Listener listener = network.listen(ANY_PORT, ListenLimits.DEFAULT, echo());
        Socket client = connect(listener)) {
      assertEcho(client);
      listener.stop();
      assertThrows(IOException.class, () -> connect(listener).close());
      assertEcho(client);
    }
  }

  @Test
  void drainingLetsEachFinishWhatItHasBegun() throws Exception {
    CountDownLatch begun = new CountDownLatch(20);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Protocol slow =
        Connection.protocol(
            Duration.ZERO,
            connection -> {
              byte[] line = connection.readLine(10);
              while (line != null) {
                begun.countDown();
                mayEnd.await();
                connection.write(line);
                line = connection.readLine(10);
              }
            });
    try (Network network = new Network(2);
        Listener listener = network.listen(ANY_PORT, ListenLimits.DEFAULT, slow);
        Socket idle = connect(listener)) {
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(connect(listener));
        clients.getLast().getOutputStream().write("work\n".getBytes(StandardCharsets.UTF_8));
      }
      begun.await();
      Thread release =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  assertEnd(idle);
                } catch (IOException e) {
                  throw new AssertionError(e);
                } finally {
                  mayEnd.countDown();
                }
              });
      assertTrue(listener.drain(LONG));
      assertEquals(0, listener.open());
      for (Socket client : clients) {
        byte[] answer = client.getInputStream().readAllBytes();
        assertArrayEquals("work".getBytes(StandardCharsets.UTF_8), answer);
        client.close();
      }
      release.join();
    }
  }

  @Test
  void whatHasNotFinishedAtTheDeadlineIsClosed() throws Exception {
    Protocol deaf = channel -> {};
    try (Network network = new Network(1);
        Listener listener = network.listen(ANY_PORT, ListenLimits.DEFAULT, deaf);
        Socket client = connect(listener)) {
      while (listener.open() == 0) {
        Thread.onSpinWait();
      }
      assertFalse(listener.drain(Deadline.after(Duration.ofMillis(10))));
      assertEnd(client);
      assertTrue(listener.drain(LONG));
    }
  }

  private static void assertEcho(Socket client) throws IOException {
    byte[] line = "ping\n".getBytes(StandardCharsets.UTF_8);
    client.getOutputStream().write(line);
    assertArrayEquals(line, client.getInputStream().readNBytes(line.length));
  }

  private static void assertEnd(Socket client) throws IOException {
    assertEquals(-1, client.getInputStream().read());
  }

  private static Socket connect(Listener listener) throws IOException {
    NetAddress.Tcp address = (NetAddress.Tcp) listener.address();
    return new Socket(address.host(), address.port());
  }
}
