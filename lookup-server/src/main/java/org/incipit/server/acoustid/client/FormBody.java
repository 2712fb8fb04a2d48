package org.incipit.server.acoustid.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Parameters as the body of a request. */
final class FormBody {
  static final String TYPE = "application/x-www-form-urlencoded";

  private final StringBuilder text = new StringBuilder();

  FormBody add(String name, String value) {
    if (!text.isEmpty()) {
      text.append('&');
    }
    text.append(encoded(name)).append('=').append(encoded(value));
    return this;
  }

  /** What is the same for all entries; empty values are left out. */
  FormBody addAll(Map<String, String> parameters) {
    parameters.forEach((name, value) -> {
      if (!value.isEmpty()) {
        add(name, value);
      }
    });
    return this;
  }

  /** Entries with their places as suffixes. */
  FormBody entries(List<Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      String suffix = "." + i;
      add("duration" + suffix, Integer.toString(entry.duration()));
      add("fingerprint" + suffix, entry.fingerprint());
      entry.fields().forEach((name, value) -> add(name + suffix, value));
    }
    return this;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Packed with gzip. */
  static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return packed.toByteArray();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
