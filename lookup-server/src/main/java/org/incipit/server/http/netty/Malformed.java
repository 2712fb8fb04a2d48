package org.incipit.server.http.netty;

/**
 * What stands in place of a request that cannot be one; nothing follows it on its connection.
 *
 * @param status to answer with
 * @param reason may be shown to the other side
 */
record Malformed(int status, String reason) {
  static Malformed bad(String reason) {
    return new Malformed(400, reason);
  }
}
