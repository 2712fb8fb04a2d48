package org.incipit.server.http.client;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of a server as people write it: {@code http://127.0.0.1:8080}. */
public final class ServerAddress {
  private static final int MOST_PORT = 65_535;

  private ServerAddress() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, or not one of HTTP
   */
  public static URI parse(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not the address of a server: " + text, e);
    }
    String scheme = String.valueOf(address.getScheme());
    boolean isHttp = scheme.equals("http") || scheme.equals("https");
    if (!isHttp || address.getHost() == null || address.getPort() > MOST_PORT) {
      throw new IllegalArgumentException("not the address of a server: " + text);
    }
    return address;
  }
}
