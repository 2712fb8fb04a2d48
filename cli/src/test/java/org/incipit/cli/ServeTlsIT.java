package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code incipit serve} with TLS from outside, while its files change. */
class ServeTlsIT {
  @TempDir private Path folder;

  private static String health(Server server, HttpClient client) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.http("/_health")).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private static HttpClient client(PemFiles trusted) throws Exception {
    return HttpClient.newBuilder().sslContext(trusted.client()).build();
  }

  @Test
  void atHangUpNewConnectionsGetTheNewCertificateAndABrokenOneChangesNothing() throws Exception {
    PemFiles first = PemFiles.make(folder, "first");
    PemFiles second = PemFiles.make(folder, "second");
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    first.write(certificate, key);
    String[] flags = {"--tls-cert", certificate.toString(), "--tls-key", key.toString()};
    try (Server server = Server.start(folder, flags);
        HttpClient old = client(first);
        HttpClient late = client(first);
        HttpClient fresh = client(second);
        HttpClient last = client(second)) {
      assertEquals("https", server.http("/").getScheme());
      assertEquals("200 OK\n", health(server, old));
      assertThrows(SSLException.class, () -> health(server, fresh));

      second.write(certificate, key);
      server.signal("HUP");
      server.address("tokens and TLS files read again");
      assertEquals("200 OK\n", health(server, fresh));
      assertThrows(SSLException.class, () -> health(server, late));
      // Its connection goes on with what it began with.
      assertEquals("200 OK\n", health(server, old));

      Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
      server.signal("HUP");
      String broken = server.address("WARNING: TLS is as before: ");
      assertEquals("the key in " + key + " is damaged or of an unknown kind", broken);
      assertEquals("200 OK\n", health(server, last));
      server.signal("TERM");
      assertEquals(0, server.exit());
      List<String> read = server.said().stream().filter(s -> s.startsWith("tokens and")).toList();
      assertEquals(1, read.size(), "what has failed is not said to be done");
    }
  }

  @Test
  void filesThatCannotServeKeepItFromStarting() throws Exception {
    Path absent = folder.resolve("absent.pem");
    Program.Outcome outcome =
        Program.at(
                Program.distribution().resolve("bin/incipit"),
                "serve",
                "--port",
                "0",
                "--tls-cert",
                absent.toString(),
                "--tls-key",
                absent.toString())
            .in(folder)
            .run();
    assertEquals(2, outcome.exit());
    assertEquals("ERROR: " + absent + " is not there\n", outcome.err());
    assertTrue(outcome.out().isEmpty());
    assertFalse(Files.exists(absent));
  }
}
