package org.incipit.server.fpindex;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** What a server has answered. */
record Reply(int status, Map<String, String> headers, String hex) {
  static Reply of(int status, Map<String, String> headers, byte[] body) {
    return new Reply(status, headers, HexFormat.of().formatHex(body));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  String type() {
    return headers.getOrDefault("content-type", "");
  }
}
