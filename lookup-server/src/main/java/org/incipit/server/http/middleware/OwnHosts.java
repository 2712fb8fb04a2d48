package org.incipit.server.http.middleware;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hosts of a server in the URLs that lead to it. Any site can have a name of its own lead to
 * any address, loopback too (DNS rebinding), and then its pages are, to a browser, of this server:
 * beyond doubt are addresses, {@code localhost}, and the names that are known to be ours.
 */
public final class OwnHosts {
  private final Set<String> names;
  private final boolean others;

  /**
   * Addresses, {@code localhost} and these.
   *
   * @param names without ports, in any case
   * @param others whether requests for other hosts are taken, too, unless they have the {@code
   *     Origin} of a page
   */
  public OwnHosts(Collection<String> names, boolean others) {
    this.others = others;
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** Whether requests may be for this, with whatever port. */
  public boolean takes(String authority) {
    return others || contains(authority);
  }

  /** Whether it is one of them, with whatever port. */
  boolean contains(String authority) {
    String host = host(authority);
    return host.startsWith("[")
        || host.equals("localhost")
        || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))
        || names.contains(host);
  }

  /** Whether it is one of the names that were given, with whatever port. */
  boolean names(String authority) {
    return names.contains(host(authority));
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port = colon > authority.lastIndexOf(']');
    return (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
  }
}
