package org.incipit.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.incipit.server.task.Deadline;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final NetAddress ANY_PORT = NetAddress.parse("127.0.0.1:0");
  private static final long SEED = Long.getLong("tests.seed", 20_261_122);

  /** What a handler has come to: a line, "end", or an exception. */
  private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

  @Test
  void linesEndWithLfOrCrLfHoweverTheyAreCut() throws Exception {
    for (int round = 0; round < 30; round++) {
      Random random = new Random(SEED + round);
      StringBuilder text = new StringBuilder();
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String line = "x\r".repeat(random.nextInt(3)) + "y".repeat(random.nextInt(300));
        line += line.endsWith("\r") ? "." : "";
        lines.add(line);
        text.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      try (Served served = new Served(Duration.ZERO, c -> readAll(c, 400))) {
        int at = 0;
        while (at < bytes.length) {
          int count = Math.min(bytes.length - at, 1 + random.nextInt(400));
          served.client.getOutputStream().write(bytes, at, count);
          at += count;
        }
        served.client.shutdownOutput();
        for (String line : lines) {
          assertEquals(line, seen.take(), "seed " + SEED + ", round " + round);
        }
        assertEquals("end", seen.take());
      }
    }
  }

  @Test
  void aLineTooLongIsRefusedWhetherItsEndHasComeOrNot() throws Exception {
    for (String end : new String[] {"", "\n", "\r\n"}) {
      try (Served served = new Served(Duration.ZERO, c -> readAll(c, 5))) {
        served.send("12345\r\n12345\n123456" + end + (end.isEmpty() ? "7" : ""));
        assertEquals("12345", seen.take());
        assertEquals("12345", seen.take());
        assertInstanceOf(LineTooLongException.class, seen.take());
      }
    }
  }

  @Test
  void whatIsSaidBeforeClosingArrivesThoughTheOtherSideStillSends() throws Exception {
    for (int round = 0; round < 20; round++) {
      Connection.Handler refuse =
          connection -> {
            try {
              connection.readLine(100);
            } catch (LineTooLongException e) {
              connection.write("ERR line too long\r\n".getBytes(StandardCharsets.UTF_8));
            }
          };
      try (Served served = new Served(Duration.ZERO, refuse)) {
        served.send("x".repeat(300_000));
        assertEquals("ERR line too long\r\n", served.readAll());
      }
    }
  }

  @Test
  void aLineThatIsCutIsNoLine() throws Exception {
    try (Served served = new Served(Duration.ZERO, c -> readAll(c, 100))) {
      served.send("whole\ncut");
      served.client.shutdownOutput();
      assertEquals("whole", seen.take());
      assertInstanceOf(EOFException.class, seen.take());
    }
  }

  @Test
  void whoHasSentAllAndSaysSoStillGetsTheAnswers() throws Exception {
    try (Served served = new Served(Duration.ZERO, ConnectionTest::echo)) {
      served.send("a\nb\n");
      served.client.shutdownOutput();
      assertEquals("a\nb\n", served.readAll());
    }
  }

  @Test
  void whatWaitsLongerThanTheTimeoutEndsEvenIfBytesDribble() throws Exception {
    try (Served served = new Served(Duration.ofMillis(50), c -> readAll(c, 1_000_000))) {
      Thread dribbler =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    served.send("x");
                    Thread.sleep(5);
                  }
                } catch (IOException | InterruptedException e) {
                  seen.add("dribbler ended");
                }
              });
      assertInstanceOf(SocketTimeoutException.class, seen.take());
      assertEquals("dribbler ended", seen.take());
      dribbler.join();
    }
  }

  @Test
  void aTimeoutSetLaterHoldsFromThen() throws Exception {
    Connection.Handler handler =
        connection -> {
          connection.readLine(10);
          connection.timeout(Duration.ofMillis(20));
          readAll(connection, 10);
        };
    try (Served served = new Served(Duration.ofHours(1), handler)) {
      served.send("go\n");
      assertInstanceOf(SocketTimeoutException.class, seen.take());
    }
  }

  @Test
  void theDeadlineCutsReadingAndWriting() throws Exception {
    Connection.Handler handler =
        connection -> {
          for (Connection.Handler work :
              List.<Connection.Handler>of(
                  c -> c.readLine(10), c -> c.write(new byte[100_000_000]))) {
            try {
              Deadline.callWithin(
                  Duration.ofMillis(20),
                  () -> {
                    work.handle(connection);
                    return null;
                  });
              seen.add("not cut");
            } catch (IOException e) {
              seen.add(e);
            }
          }
        };
    try (Served served = new Served(Duration.ZERO, handler)) {
      assertInstanceOf(SocketTimeoutException.class, seen.take());
      assertInstanceOf(SocketTimeoutException.class, seen.take());
      assertTrue(served.listener.open() <= 1);
    }
  }

  @Test
  void whoWritesWaitsForWhoReads() throws Exception {
    AtomicLong written = new AtomicLong();
    byte[] block = new byte[100_000];
    int blocks = 1_000;
    Connection.Handler flood =
        connection -> {
          for (int i = 0; i < blocks; i++) {
            connection.write(block);
            written.addAndGet(block.length);
          }
        };
    try (Served served = new Served(Duration.ZERO, flood)) {
      long held = settled(written);
      // The sockets' buffers hold a few megabytes, not a hundred.
      assertTrue(held < (long) blocks * block.length / 2, "written " + held);
      assertEquals(
          (long) blocks * block.length,
          served.client.getInputStream().transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void whoSendsWaitsForWhoReads() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch read = new CountDownLatch(1);
    byte[] block = new byte[100_000];
    int blocks = 1_000;
    Connection.Handler late =
        connection -> {
          read.await();
          byte[] buffer = new byte[10_000];
          long total = 0;
          for (int n = connection.read(buffer, 0, buffer.length);
              n >= 0;
              n = connection.read(buffer, 0, buffer.length)) {
            total += n;
          }
          seen.add(total);
        };
    try (Served served = new Served(Duration.ZERO, late)) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < blocks; i++) {
                    served.client.getOutputStream().write(block);
                    sent.addAndGet(block.length);
                  }
                  served.client.shutdownOutput();
                } catch (IOException e) {
                  seen.add(e);
                }
              });
      long held = settled(sent);
      assertTrue(held < (long) blocks * block.length / 2, "sent " + held);
      read.countDown();
      assertEquals((long) blocks * block.length, seen.take());
      sender.join();
    }
  }

  @Test
  void aConnectionThatIsResetEndsReadingAndWriting() throws Exception {
    Connection.Handler handler =
        connection -> {
          readAll(connection, 100);
          try {
            while (true) {
              connection.write(new byte[1000]);
            }
          } catch (IOException e) {
            seen.add(e);
          }
        };
    try (Served served = new Served(Duration.ZERO, handler)) {
      served.send("x\n");
      assertEquals("x", seen.take());
      served.client.setSoLinger(true, 0);
      served.client.close();
      seen.take();
      assertInstanceOf(SocketException.class, seen.take());
    }
  }

  @Test
  void aFaultOfTheHandlerClosesTheConnection() throws Exception {
    Connection.Handler faulty =
        connection -> {
          throw new IllegalStateException("meant to fail");
        };
    try (Served served = new Served(Duration.ZERO, faulty)) {
      assertEquals("", served.readAll());
    }
  }

  @Test
  void linesThatHaveComeBeforeDrainingAreAnsweredAndNoMoreAreRead() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Connection.Handler handler =
        connection -> {
          connection.readLine(10);
          seen.add("begun");
          while (!connection.isFinishing()) {
            Thread.onSpinWait();
          }
          mayGoOn.await();
          echo(connection);
        };
    try (Served served = new Served(Duration.ZERO, handler)) {
      served.send("1\n2\n3\n4");
      seen.take();
      Thread drain =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  seen.add(served.listener.drain(Deadline.after(Duration.ofMinutes(5))));
                } catch (IOException | InterruptedException e) {
                  seen.add(e);
                }
              });
      mayGoOn.countDown();
      assertEquals("2\n3\n", served.readAll());
      served.client.close();
      assertEquals(true, seen.take());
      drain.join();
    }
  }

  private void readAll(Connection connection, int maxBytes) {
    try {
      for (byte[] line = connection.readLine(maxBytes);
          line != null;
          line = connection.readLine(maxBytes)) {
        seen.add(new String(line, StandardCharsets.ISO_8859_1));
      }
      seen.add("end");
    } catch (IOException e) {
      seen.add(e);
    }
  }

  private static void echo(Connection connection) throws IOException {
    for (byte[] line = connection.readLine(1000); line != null; line = connection.readLine(1000)) {
      connection.write(line);
      connection.write(new byte[] {'\n'});
    }
  }

  /** Waits until a count has stopped growing. */
  private static long settled(AtomicLong count) throws InterruptedException {
    long last = -1;
    for (int same = 0; same < 10; ) {
      Thread.sleep(20);
      long now = count.get();
      same = now == last && now > 0 ? same + 1 : 0;
      last = now;
    }
    return last;
  }

  /** A listener with this handler and a client connected to it. */
  private static final class Served implements AutoCloseable {
    final Network network = new Network(1);
    final Listener listener;
    final Socket client;

    Served(Duration timeout, Connection.Handler handler) throws IOException {
      listener =
          network.listen(ANY_PORT, ListenLimits.DEFAULT, Connection.protocol(timeout, handler));
      NetAddress.Tcp address = (NetAddress.Tcp) listener.address();
      client = new Socket(address.host(), address.port());
    }

    void send(String text) throws IOException {
      client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String readAll() throws IOException {
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      client.close();
      listener.close();
      network.close();
    }
  }
}
