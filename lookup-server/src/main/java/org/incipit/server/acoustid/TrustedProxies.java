package org.incipit.server.acoustid;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proxies that are believed when they say for whom they ask. Immutable. */
public final class TrustedProxies {
  /** Nobody is. */
  public static final TrustedProxies NONE = new TrustedProxies(false, List.of());

  private static final String UNIX = "unix";

  private final boolean unix;
  private final List<Block> blocks;

  private TrustedProxies(boolean unix, List<Block> blocks) {
    this.unix = unix;
    this.blocks = blocks;
  }

  /** Addresses that begin alike. */
  private record Block(InetAddress address, int bits) {
    boolean contains(InetAddress other) {
      byte[] own = address.getAddress();
      byte[] its = other.getAddress();
      boolean same = own.length == its.length;
      for (int bit = 0; same && bit < bits; bit++) {
        same = ((own[bit / 8] ^ its[bit / 8]) & (0x80 >> bit % 8)) == 0;
      }
      return same;
    }
  }

  /**
   * These.
   *
   * @param texts addresses, {@code 10.0.0.0/8}, or {@code unix} for who comes by a Unix-domain
   *     socket
   * @throws IllegalArgumentException if one is something else
   */
  public static TrustedProxies of(List<String> texts) {
    List<Block> blocks = new ArrayList<>();
    for (String text : texts) {
      if (!text.equals(UNIX)) {
        blocks.add(block(text));
      }
    }
    return new TrustedProxies(texts.contains(UNIX), List.copyOf(blocks));
  }

  private static Block block(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    String length = slash < 0 ? "" : text.substring(slash + 1);
    if (address != null && length.matches(slash < 0 ? "" : "[0-9]{1,3}")) {
      int all = 8 * address.getAddress().length;
      int bits = slash < 0 ? all : Integer.parseInt(length);
      if (bits <= all) {
        return new Block(address, bits);
      }
    }
    throw new IllegalArgumentException(
        "a trusted proxy must be an address, a network like 10.0.0.0/8, or unix (got \""
            + text
            + "\")");
  }

  /**
   * Whom a request is from: the last that is not trusted of those through which it has come.
   *
   * @param remote who has connected
   * @param forwarded values of {@code X-Forwarded-For}, each hop behind the one before
   */
  String client(String remote, List<String> forwarded) {
    String client = remote;
    List<String> hops = new ArrayList<>();
    for (String value : forwarded) {
      hops.addAll(List.of(value.split(",", -1)));
    }
    for (String hop : hops.reversed()) {
      InetAddress address = isTrusted(client) ? literal(withoutPort(hop.strip())) : null;
      if (address == null) {
        break;
      }
      client = address.getHostAddress();
    }
    return client;
  }

  private boolean isTrusted(String client) {
    if (client.equals(UNIX)) {
      return unix;
    }
    InetAddress address = blocks.isEmpty() ? null : literal(client);
    return address != null && blocks.stream().anyMatch(block -> block.contains(address));
  }

  /** {@code 1.2.3.4:5} and {@code [::1]:5} are written, too. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  private static @Nullable InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
