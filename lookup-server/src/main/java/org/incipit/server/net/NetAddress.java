package org.incipit.server.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where one listens: {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code unix:PATH}. */
public sealed interface NetAddress {
  /**
   * A port of a host.
   *
   * @param host name or literal address, IPv6 without brackets; {@code 0.0.0.0} and {@code ::} for
   *     all
   * @param port 0..65535, 0 for any that is free
   */
  record Tcp(String host, int port) implements NetAddress {
    /** Checks them; resolves nothing. */
    public Tcp {
      if (!isHost(host)) {
        throw new IllegalArgumentException("not a host: \"" + host + "\"");
      }
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port must be 0..65535 (got " + port + ")");
      }
    }

    /** Whether it may be the name or the literal address of a host. */
    public static boolean isHost(String text) {
      return !text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || c == '/' || c == '[');
    }

    @Override
    public boolean isLocal() {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /** A Unix-domain socket. */
  record Unix(Path path) implements NetAddress {
    /** What {@code sockaddr_un} holds, less a zero and the mark of {@link SocketFile}. */
    private static final int MAX_BYTES = 106;

    /** Checks the length. */
    public Unix {
      int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes == 0 || bytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "the path of a socket must have 1..106 bytes (got " + bytes + ": \"" + path + "\")");
      }
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /** Whether only this machine gets there. May ask the resolver. */
  boolean isLocal();

  /**
   * Reads an address as people write it.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static NetAddress parse(String text) {
    if (text.startsWith("unix:")) {
      return unix(text.substring("unix:".length()));
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "address must be HOST:PORT, [IPV6]:PORT or unix:PATH (got \"" + text + "\")");
    }
    return new Tcp(host(text.substring(0, colon), text), port(text.substring(colon + 1), text));
  }

  private static NetAddress unix(String path) {
    try {
      return new Unix(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: \"" + path + "\"", e);
    }
  }

  private static String host(String host, String text) {
    if (host.startsWith("[") && host.endsWith("]")) {
      String inner = host.substring(1, host.length() - 1);
      if (inner.indexOf(':') < 0) {
        throw new IllegalArgumentException(
            "only IPv6 addresses have brackets (got \"" + text + "\")");
      }
      return inner;
    }
    if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "an IPv6 address needs brackets, [::1]:8080 say (got \"" + text + "\")");
    }
    if (host.isEmpty()) {
      throw new IllegalArgumentException(
          "the host is missing; 0.0.0.0 stands for all (got \"" + text + "\")");
    }
    return host;
  }

  private static int port(String digits, String text) {
    boolean plain = digits.length() >= 1 && digits.length() <= 5;
    for (int i = 0; i < digits.length(); i++) {
      plain &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    int port = plain ? Integer.parseInt(digits) : -1;
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0..65535 (got \"" + text + "\")");
    }
    return port;
  }
}
