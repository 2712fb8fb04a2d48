package org.incipit.server.acoustid;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.TextMetadata;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a request to {@code /v2/submit}.
 *
 * @param letters that the fingerprint came in
 * @param mbids it becomes a submission for each; one without if there is none
 */
record SubmittedEntry(
    Suffix suffix,
    Fingerprint fingerprint,
    int letters,
    int duration,
    List<UUID> mbids,
    @Nullable UUID puid,
    @Nullable String foreignId,
    @Nullable Integer bitrate,
    @Nullable String format,
    TextMetadata text) {
  private static final int MAX_DURATION = 32767;
  private static final int MAX_POSITION = 10_000;
  private static final int MAX_YEAR = 9999;
  private static final int MAX_TEXT = 1000;
  private static final int MAX_NAME = 100;
  private static final UUID NO_ID = new UUID(0, 0);
  private static final Pattern FOREIGN_ID = Pattern.compile("[0-9a-z]+:\\P{Cc}+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cc}\\p{Z}]+");

  /**
   * Reads one.
   *
   * @throws ApiError 2, 3, 7, 8, 9, 10
   */
  static SubmittedEntry of(Arguments arguments, Suffix suffix) throws ApiError {
    String end = suffix.text();
    int duration = arguments.duration("duration" + end);
    if (duration > MAX_DURATION) {
      throw ApiError.invalidDuration("duration" + end);
    }
    List<String> puids = arguments.all("puid" + end);
    List<UUID> puid = uuids("puid" + end, puids.subList(0, Math.min(1, puids.size())));
    return new SubmittedEntry(
        suffix,
        SentFingerprint.of(arguments, "fingerprint" + end, duration),
        arguments.required("fingerprint" + end).length(),
        duration,
        uuids("mbid" + end, arguments.all("mbid" + end)),
        puid.isEmpty() ? null : puid.getFirst(),
        foreignId(arguments, "foreignid" + end),
        bitrate(arguments, "bitrate" + end),
        name(arguments, "fileformat" + end),
        new TextMetadata(
            text(arguments, "track" + end),
            text(arguments, "artist" + end),
            text(arguments, "album" + end),
            text(arguments, "albumartist" + end),
            number(arguments, "trackno" + end, MAX_POSITION),
            number(arguments, "discno" + end, MAX_POSITION),
            number(arguments, "year" + end, MAX_YEAR)));
  }

  private static List<UUID> uuids(String name, List<String> values) throws ApiError {
    List<UUID> uuids = new ArrayList<>();
    for (String value : values) {
      if (!value.isEmpty()) {
        UUID uuid = Arguments.uuid(name, value);
        if (!uuid.equals(NO_ID) && !uuids.contains(uuid)) {
          uuids.add(uuid);
        }
      }
    }
    return uuids;
  }

  /** Kept as it is: it may be the name of a file. */
  private static @Nullable String foreignId(Arguments arguments, String name) throws ApiError {
    String id = arguments.first(name);
    if (id == null || id.isBlank()) {
      return null;
    }
    if (id.length() > NewSubmission.MAX_FOREIGN_ID || !FOREIGN_ID.matcher(id).matches()) {
      throw ApiError.invalidForeignId(name);
    }
    return id;
  }

  private static @Nullable Integer bitrate(Arguments arguments, String name) throws ApiError {
    long bitrate = arguments.number(name, 0);
    if (bitrate < 0 || bitrate > Integer.MAX_VALUE) {
      throw ApiError.invalidBitrate(name);
    }
    return bitrate == 0 ? null : (int) bitrate;
  }

  /** The name of a version or a format, cut off where it is longer than names are. */
  static @Nullable String name(Arguments arguments, String name) {
    return cut(spaced(arguments, name), MAX_NAME);
  }

  private static @Nullable String text(Arguments arguments, String name) {
    return cut(spaced(arguments, name), MAX_TEXT);
  }

  /** A text with single spaces, none at its ends, and no controls; null if nothing is left. */
  private static @Nullable String spaced(Arguments arguments, String name) {
    String value = arguments.first(name);
    String text = value == null ? "" : SPACE.matcher(value).replaceAll(" ").strip();
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    if (text == null || text.length() <= most) {
      return text;
    }
    boolean isWithinPair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, isWithinPair ? most - 1 : most).strip();
  }

  private static @Nullable Integer number(Arguments arguments, String name, int most) {
    long number = arguments.number(name, 0);
    return number < 1 || number > most ? null : (int) number;
  }

  /** How many submissions it becomes, at least one. */
  int count() {
    return Math.max(1, mbids.size());
  }

  /** The submissions that it becomes. */
  List<NewSubmission> submissions(
      OptionalLong application, OptionalLong account, @Nullable String clientVersion) {
    List<NewSubmission> submissions = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      submissions.add(
          new NewSubmission(
              application,
              account,
              clientVersion,
              fingerprint,
              duration,
              bitrate,
              format,
              mbids.isEmpty() ? null : mbids.get(i),
              puid,
              foreignId,
              text));
    }
    return submissions;
  }
}
