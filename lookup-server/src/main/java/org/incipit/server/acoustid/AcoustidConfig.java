package org.incipit.server.acoustid;

/**
 * How the web service is offered.
 *
 * @param basePath before all its paths: empty, or {@code /acoustid}
 * @param keysRequired whether keys must be known to the catalogue; otherwise any will do
 * @param anonymousKeys whether anybody with an application's key is given one of a user, if keys
 *     are required; otherwise everybody is
 * @param applicationRate requests a second of an application in the long run; 0 for any number, as
 *     in the others
 * @param serviceRate of all together
 * @param clientRate of an address
 * @param trustedProxies whose word counts for whom a request is from
 */
public record AcoustidConfig(
    String basePath,
    boolean keysRequired,
    boolean anonymousKeys,
    int applicationRate,
    int serviceRate,
    int clientRate,
    TrustedProxies trustedProxies) {
  /** Open to all, without limits. */
  public static final AcoustidConfig DEFAULT =
      new AcoustidConfig("", false, true, 0, 0, 0, TrustedProxies.NONE);

  /** Checks it. */
  public AcoustidConfig {
    if (!isBasePath(basePath)) {
      throw new IllegalArgumentException(
          "basePath must be empty or like /acoustid (got " + basePath + ")");
    }
    if (Math.min(applicationRate, Math.min(serviceRate, clientRate)) < 0) {
      throw new IllegalArgumentException("rates must not be negative");
    }
  }

  /** Whether paths can begin so: with nothing, or with names, each behind a slash. */
  public static boolean isBasePath(String path) {
    return path.matches("(/[A-Za-z0-9._~-]+)*");
  }
}
