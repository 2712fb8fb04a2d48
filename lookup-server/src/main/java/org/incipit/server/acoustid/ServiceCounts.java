package org.incipit.server.acoustid;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.incipit.server.metrics.MetricsText;

/** What the web service has done since it was started. Any number of threads. */
final class ServiceCounts implements MetricsText.Source {
  private static final String LOOKUPS = "incipit_lookups_total";
  private static final String ERRORS = "incipit_webservice_errors_total";

  private final LongAdder found = new LongAdder();
  private final LongAdder notFound = new LongAdder();
  private final LongAdder submissions = new LongAdder();
  private final Map<Integer, LongAdder> errors = new ConcurrentSkipListMap<>();

  /** A fingerprint or a track was looked up. */
  void lookup(boolean isFound) {
    (isFound ? found : notFound).increment();
  }

  void submissions(int accepted) {
    submissions.add(accepted);
  }

  /** An error of AcoustID's table was answered. */
  void error(int code) {
    errors.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  @Override
  public void print(MetricsText text) {
    text.family(LOOKUPS, "counter", "Fingerprints and tracks looked up.");
    text.sample(LOOKUPS, found.sum(), "outcome", "found");
    text.sample(LOOKUPS, notFound.sum(), "outcome", "none");
    text.single("incipit_submissions_total", "counter", "Submissions accepted.", submissions.sum());
    text.family(ERRORS, "counter", "Errors of the web service by their codes.");
    errors.forEach((code, count) -> text.sample(ERRORS, count.sum(), "code", code.toString()));
  }
}
