package org.incipit.server.http.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** How long to wait between attempts. */
record Patience(Duration first, Duration longest) {
  /** How long the peer can be asked not to be asked: a longer wish is cut to this. */
  private static final long FAR_SECONDS = 365L * 24 * 3600;

  /**
   * The pause after an attempt.
   *
   * @param attempt the first is 1
   * @param retryAfter what the peer said
   * @return null if it would be too long
   */
  @Nullable Duration pause(int attempt, @Nullable String retryAfter, Instant now) {
    double factor = Math.pow(2, attempt - 1) * (0.5 + ThreadLocalRandom.current().nextDouble());
    long millis = Math.min((long) (first.toMillis() * factor), longest.toMillis());
    Duration own = Duration.ofMillis(millis);
    Duration wanted = retryAfter == null ? Duration.ZERO : parsed(retryAfter.strip(), now);
    if (wanted.compareTo(longest) > 0) {
      return null;
    }
    return wanted.compareTo(own) > 0 ? wanted : own;
  }

  /** Seconds or a date (RFC 9110, 10.2.3); zero for anything else. */
  private static Duration parsed(String retryAfter, Instant now) {
    if (retryAfter.matches("[0-9]{1,18}")) {
      return Duration.ofSeconds(Math.min(Long.parseLong(retryAfter), FAR_SECONDS));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(now, date.toInstant());
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException neither) {
      return Duration.ZERO;
    }
  }
}
