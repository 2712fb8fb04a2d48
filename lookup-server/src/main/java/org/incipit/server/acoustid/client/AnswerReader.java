package org.incipit.server.acoustid.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the service answers. */
final class AnswerReader {
  private AnswerReader() {}

  /**
   * An answer that is not an error.
   *
   * @throws AcoustidException if it is one
   */
  static JsonValue ok(byte[] body) throws IOException {
    JsonValue answer;
    try {
      answer = JsonValue.read(body);
    } catch (IOException e) {
      throw new IOException("the server's answer is no JSON: " + e.getMessage(), e);
    }
    AcoustidException error = error(answer);
    if (error != null) {
      throw error;
    }
    if (!answer.get("status").text().equals("ok")) {
      throw new IOException("the server's answer has no status");
    }
    return answer;
  }

  /** The error that a body tells of, if it does. */
  static @Nullable AcoustidException error(String body) {
    try {
      return error(JsonValue.read(body.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException notJson) {
      return null;
    }
  }

  private static @Nullable AcoustidException error(JsonValue answer) {
    if (!answer.get("status").text().equals("error")) {
      return null;
    }
    JsonValue error = answer.get("error");
    return new AcoustidException((int) error.get("code").number(), error.get("message").text());
  }

  /** The tracks found, by the places of the entries; none of those that were dropped. */
  static Map<Integer, List<LookupResult>> found(JsonValue answer) {
    Map<Integer, List<LookupResult>> found = new TreeMap<>();
    for (JsonValue one : answer.get("fingerprints").items()) {
      found.put((int) one.get("index").number(), results(one));
    }
    if (answer.get("results").isArray()) {
      // A server that knows nothing of batches has dealt with the first.
      found.putIfAbsent(0, results(answer));
    }
    return found;
  }

  private static List<LookupResult> results(JsonValue one) {
    List<LookupResult> results = new ArrayList<>();
    for (JsonValue result : one.get("results").items()) {
      List<LookupResult.Recording> recordings = new ArrayList<>();
      for (JsonValue recording : result.get("recordings").items()) {
        recordings.add(recording(recording));
      }
      results.add(
          new LookupResult(
              result.get("id").text(), result.get("score").real(), recordings, result));
    }
    return results;
  }

  private static LookupResult.Recording recording(JsonValue recording) {
    String artists =
        recording.get("artists").items().stream()
            .map(AnswerReader::credit)
            .collect(Collectors.joining());
    return new LookupResult.Recording(
        recording.get("id").text(),
        recording.get("title").text(),
        artists.replaceFirst("[,; ]+$", ""));
  }

  /** A name and what joins it to the next. acoustid.org gives bare strings for what users say. */
  private static String credit(JsonValue artist) {
    String bare = artist.text();
    if (!bare.isEmpty()) {
      return bare + ", ";
    }
    String join = artist.get("joinphrase").text();
    return artist.get("name").text() + (join.isEmpty() ? ", " : join);
  }

  /** Submissions by the places of the entries; none of those that were dropped. */
  static Map<Integer, SubmissionState> submitted(JsonValue answer) {
    Map<Integer, SubmissionState> submitted = new TreeMap<>();
    for (JsonValue one : answer.get("submissions").items()) {
      submitted.put(Math.max(0, (int) one.get("index").number()), state(one));
    }
    return submitted;
  }

  /** Submissions in the order of the answer. */
  static List<SubmissionState> states(JsonValue answer) {
    return answer.get("submissions").items().stream().map(AnswerReader::state).toList();
  }

  private static SubmissionState state(JsonValue one) {
    return new SubmissionState(
        one.get("id").number(),
        one.get("status").text(),
        one.get("result").get("id").text(),
        one.get("reason").text());
  }
}
