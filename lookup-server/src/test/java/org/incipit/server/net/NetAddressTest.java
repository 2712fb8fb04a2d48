package org.incipit.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetAddressTest {
  @Test
  void hostAndPortAreReadAndWrittenAlike() {
    assertEquals(new NetAddress.Tcp("127.0.0.1", 6080), NetAddress.parse("127.0.0.1:6080"));
    assertEquals(new NetAddress.Tcp("::1", 0), NetAddress.parse("[::1]:0"));
    assertEquals(new NetAddress.Unix(Path.of("/run/i.sock")), NetAddress.parse("unix:/run/i.sock"));
    for (String text : new String[] {"localhost:65535", "[::]:80", "unix:a b:c"}) {
      assertEquals(text, NetAddress.parse(text).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "8080",
        "host",
        "host:",
        ":80",
        "host:-1",
        "host:65536",
        "host:+80",
        "host:080808",
        "host:8x",
        "host: 80",
        "::1:80",
        "[::1]",
        "[::1]80",
        "[host]:80",
        "[]:80",
        "a/b:80",
        "http://host:80",
        "unix:",
        "ho st:80",
        "[[::1]]:80",
        "host:٣"
      })
  void whatIsNoAddressIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> NetAddress.parse(text)).getMessage();
    assertFalse(message.isBlank());
  }

  @Test
  void aPathLongerThanASocketCanHaveIsRefused() {
    NetAddress.parse("unix:/" + "x".repeat(105));
    assertThrows(
        IllegalArgumentException.class, () -> NetAddress.parse("unix:/" + "x".repeat(106)));
    assertThrows(IllegalArgumentException.class, () -> NetAddress.parse("unix:/" + "ü".repeat(53)));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:1,true",
    "127.9.9.9:1,true",
    "[::1]:1,true",
    "unix:/x,true",
    "0.0.0.0:1,false",
    "[::]:1,false",
    "192.0.2.1:1,false"
  })
  void onlyLoopbackAndSocketsAreLocal(String address, boolean local) {
    assertEquals(local, NetAddress.parse(address).isLocal());
    assertTrue(NetAddress.parse("localhost:1").isLocal());
  }
}
