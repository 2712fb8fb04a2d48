package org.incipit.server.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerAddressTest {
  @Test
  void addressesOfHttpAreTakenAsTheyAre() {
    for (String text : List.of("http://a", "https://a:65535/b/v2", "http://[::1]:1/")) {
      assertEquals(URI.create(text), ServerAddress.parse(text));
    }
  }

  @Test
  void whatIsNoneIsNamed() {
    for (String text :
        List.of(
            "", "a", "a:80", "ftp://a", "http://", "http://a:70000", "http://a b", "http://[")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse(text), text);
      assertEquals("not the address of a server: " + text, e.getMessage());
    }
  }
}
