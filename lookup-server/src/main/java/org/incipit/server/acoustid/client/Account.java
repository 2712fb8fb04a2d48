package org.incipit.server.acoustid.client;

import java.net.URI;
import java.time.Duration;
import org.incipit.server.http.client.ServerAddress;

/**
 * Whom to ask, and as whom.
 *
 * @param service where the methods are: {@code http://127.0.0.1:8080/v2/}
 * @param client key of the application
 * @param user key of the user who submits, or empty
 * @param interval from one request to the next
 */
public record Account(URI service, String client, String user, Duration interval) {
  private static final String ACOUSTID_ORG = "api.acoustid.org";

  /** What acoustid.org asks for: three requests a second. */
  private static final Duration ACOUSTID_ORG_INTERVAL = Duration.ofMillis(334);

  /**
   * Of a server.
   *
   * @param server its address, with or without {@code /v2}
   * @throws IllegalArgumentException if it is no address of a server
   */
  public static Account of(String server, String client, String user) {
    String base = ServerAddress.parse(server).toString().replaceFirst("(/v2)?/*$", "");
    URI address = URI.create(base + "/v2/");
    boolean shared = address.getHost().equals(ACOUSTID_ORG);
    return new Account(address, client, user, shared ? ACOUSTID_ORG_INTERVAL : Duration.ZERO);
  }

  /** Whether this is acoustid.org, which wants keys of its own. */
  public boolean isAcoustidOrg() {
    return !interval.isZero();
  }
}
