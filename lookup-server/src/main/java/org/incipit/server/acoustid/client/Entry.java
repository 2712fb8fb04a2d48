package org.incipit.server.acoustid.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is asked or submitted about one file.
 *
 * @param duration whole seconds of the whole file
 * @param fingerprint in its text form
 * @param fields more parameters by the names of the service, without suffix: {@code mbid}
 */
public record Entry(int duration, String fingerprint, Map<String, String> fields) {
  /** Copies the fields, in their order. */
  public Entry {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** A question. */
  public Entry(int duration, String fingerprint) {
    this(duration, fingerprint, Map.of());
  }
}
