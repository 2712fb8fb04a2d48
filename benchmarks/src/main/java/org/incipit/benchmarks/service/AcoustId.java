package org.incipit.benchmarks.service;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;

/** A client of AcoustID's web service that asks one thing after the other. */
final class AcoustId implements Closeable {
  static final String LOOKUP = "/v2/lookup";
  static final String SUBMIT = "/v2/submit";
  private static final String STATUS = "/v2/submission_status";
  private static final String CLIENT = "client=drivers12";
  private static final int STATUSES = 100;
  private static final Status PENDING = new Status("pending", "");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final int port;

  AcoustId(int port) {
    this.port = port;
  }

  /** An answer, whatever it says. */
  record Answer(int status, String body) {
    /**
     * What it says.
     *
     * @throws IOException if the service is unavailable
     * @throws IllegalStateException if it says anything else that is not good
     */
    String good() throws IOException {
      String said = "answered " + status + " " + body;
      if (status == 503) {
        throw new IOException(said);
      }
      if (status != 200) {
        throw new IllegalStateException(said);
      }
      return body;
    }
  }

  /** A track that a lookup has found. */
  record Found(String track, double score) {}

  /** What has become of a submission; the track is empty unless it is imported. */
  record Status(String status, String track) {}

  /** The form of a lookup. */
  static String lookup(Fingerprint fingerprint, int duration) {
    return lookup(FingerprintCodec.encode(fingerprint), duration);
  }

  static String lookup(String fingerprint, int duration) {
    return CLIENT + "&duration=" + duration + "&fingerprint=" + fingerprint;
  }

  /** The beginning of a form that submits. */
  static String submission() {
    return CLIENT + "&user=drivers12";
  }

  /** What one more entry adds to it. */
  static String entry(int suffix, Fingerprint fingerprint, int duration) {
    return entry(suffix, FingerprintCodec.encode(fingerprint), duration);
  }

  static String entry(int suffix, String fingerprint, int duration) {
    return "&fingerprint." + suffix + "=" + fingerprint + "&duration." + suffix + "=" + duration;
  }

  Answer post(String path, String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** Looks up, best first. */
  List<Found> find(String form) throws IOException, InterruptedException {
    List<Found> found = new ArrayList<>();
    for (Map<String, String> row : Json.rows(post(LOOKUP, form).good(), "results")) {
      found.add(
          new Found(
              row.getOrDefault("id", ""), Double.parseDouble(row.getOrDefault("score", "0"))));
    }
    return found;
  }

  /** Submits. */
  List<Long> submit(String form) throws IOException, InterruptedException {
    return ids(post(SUBMIT, form));
  }

  /** Of what was submitted. */
  static List<Long> ids(Answer answer) throws IOException {
    List<Long> ids = new ArrayList<>();
    for (Map<String, String> row : Json.rows(answer.good(), "submissions")) {
      ids.add(Long.valueOf(row.getOrDefault("id", "")));
    }
    return ids;
  }

  /** What has become of submissions. */
  Map<Long, Status> statuses(Collection<Long> ids) throws IOException, InterruptedException {
    Map<Long, Status> statuses = new HashMap<>();
    List<Long> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += STATUSES) {
      String asked =
          all.subList(from, Math.min(all.size(), from + STATUSES)).stream()
              .map(id -> "&id=" + id)
              .collect(Collectors.joining());
      String body = post(STATUS, CLIENT + asked).good();
      for (Map<String, String> row : Json.rows(body, "submissions")) {
        statuses.put(
            Long.valueOf(row.getOrDefault("id", "")),
            new Status(row.getOrDefault("status", ""), row.getOrDefault("result.id", "")));
      }
    }
    return statuses;
  }

  /**
   * Waits until none of them is pending any more.
   *
   * @throws IOException if some still are after so many seconds
   */
  Map<Long, Status> await(Collection<Long> ids, int seconds)
      throws IOException, InterruptedException {
    Map<Long, Status> all = new HashMap<>();
    List<Long> pending = new ArrayList<>(ids);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!pending.isEmpty()) {
      all.putAll(statuses(pending));
      pending.removeIf(id -> !all.getOrDefault(id, PENDING).equals(PENDING));
      if (System.nanoTime() > end) {
        throw new IOException(pending.size() + " are still pending, such as " + pending.getFirst());
      }
      Thread.sleep(pending.isEmpty() ? 0 : 20);
    }
    return all;
  }

  @Override
  public void close() {
    http.close();
  }
}
