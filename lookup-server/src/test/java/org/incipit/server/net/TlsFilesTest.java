package org.incipit.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
  private static final NetAddress ANY_PORT = NetAddress.parse("127.0.0.1:0");
  private static final int BIG = 1_000_000;

  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir Path folder;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void makeCertificates(@TempDir Path stores) throws Exception {
    first = TestCertificate.make(stores, "first", "EC");
    second = TestCertificate.make(stores, "second", "RSA");
  }

  @BeforeEach
  void writeFirst() throws Exception {
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    first.writeCertificate(certificate);
    first.writeKey(key);
  }

  @Test
  void afterReloadNewConnectionsGetTheNewCertificateAndOldOnesGoOn() throws Exception {
    TlsFiles files = new TlsFiles(certificate, key);
    try (Network network = new Network(1);
        Listener listener = network.listen(ANY_PORT, ListenLimits.DEFAULT, files, big());
        SSLSocket old = connect(listener, first.client())) {
      old.startHandshake();
      second.writeCertificate(certificate);
      second.writeKey(key);
      files.reload();
      try (SSLSocket fresh = connect(listener, second.client())) {
        assertBig(fresh);
      }
      try (SSLSocket stale = connect(listener, first.client())) {
        assertThrows(SSLException.class, stale::startHandshake);
      }
      assertBig(old);
    }
  }

  @Test
  void filesThatDoNotFitAreRefusedAndTheOldOnesStay() throws Exception {
    TlsFiles files = new TlsFiles(certificate, key);
    second.writeCertificate(certificate);
    assertSays(files::reload, "is not that of");
    Files.writeString(key, "-----BEGIN RSA PRIVATE KEY-----\n");
    assertSays(files::reload, "no key in PKCS #8 in " + key);
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertSays(files::reload, "damaged");
    Files.writeString(certificate, "");
    assertSays(files::reload, "no certificate");
    Files.delete(certificate);
    assertThrows(IOException.class, files::reload);
    try (Network network = new Network(1);
        Listener listener = network.listen(ANY_PORT, ListenLimits.DEFAULT, files, big());
        SSLSocket client = connect(listener, first.client())) {
      assertBig(client);
    }
  }

  @Test
  void whoDoesNotShakeHandsIsCutOff() throws Exception {
    TlsFiles files = new TlsFiles(certificate, key);
    ListenLimits limits = new ListenLimits(10, 10, Duration.ofMillis(50));
    try (Network network = new Network(1);
        Listener listener = network.listen(ANY_PORT, limits, files, big());
        Socket silent = plain(listener);
        Socket rude = plain(listener)) {
      rude.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertEnds(silent);
      assertEnds(rude);
      while (listener.open() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Answers a line with many bytes and closes. */
  private static Protocol big() {
    return Connection.protocol(
        Duration.ZERO,
        connection -> {
          if (connection.readLine(10) != null) {
            connection.write(new byte[BIG]);
          }
        });
  }

  private static void assertBig(SSLSocket client) throws IOException {
    client.getOutputStream().write("go\n".getBytes(StandardCharsets.UTF_8));
    assertEquals(BIG, client.getInputStream().readAllBytes().length);
  }

  private static void assertEnds(Socket client) throws IOException {
    client.setSoTimeout(60_000);
    try {
      while (client.getInputStream().read() >= 0) {
        // An alert may come first.
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    }
  }

  private static void assertSays(org.junit.jupiter.api.function.Executable body, String part) {
    String message = assertThrows(IOException.class, body).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static SSLSocket connect(Listener listener, SSLContext context) throws IOException {
    NetAddress.Tcp address = (NetAddress.Tcp) listener.address();
    return (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port());
  }

  private static Socket plain(Listener listener) throws IOException {
    NetAddress.Tcp address = (NetAddress.Tcp) listener.address();
    return new Socket(address.host(), address.port());
  }
}
