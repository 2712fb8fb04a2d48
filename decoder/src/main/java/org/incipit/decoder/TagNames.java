package org.incipit.decoder;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incipit.decoder.audio.AudioTags;

/**
 * Which names taggers give to what, in lower case: FFmpeg's own, those of Vorbis comments, MP4 and
 * ID3 (with spaces), ASF (with slashes). The first name whose value makes sense counts.
 */
final class TagNames {
  private static final String[] TITLE = {"title"};
  private static final String[] ARTIST = {"artist"};
  private static final String[] ALBUM = {"album"};
  private static final String[] ALBUM_ARTIST = {"album_artist", "albumartist", "album artist"};
  private static final String[] TRACK = {"track", "tracknumber"};
  private static final String[] DISC = {"disc", "discnumber"};
  private static final String[] YEAR = {"date", "year"};
  private static final String[] RECORDING_ID = {
    "musicbrainz_trackid", "musicbrainz track id", "musicbrainz/track id"
  };
  private static final String[] ACOUST_ID = {"acoustid_id", "acoustid id", "acoustid/id"};

  private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*0*(\\d{1,4})(?!\\d)");
  private static final Pattern LEADING_YEAR = Pattern.compile("\\s*([12]\\d{3})");

  /** The first of several is taken. */
  private static final Pattern LEADING_UUID =
      Pattern.compile("\\s*(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?!\\p{Alnum})");

  private TagNames() {}

  /** What the values of these names say. */
  static AudioTags tags(Map<String, String> values) {
    return new AudioTags(
        first(values, TITLE, TagNames::text),
        first(values, ARTIST, TagNames::text),
        first(values, ALBUM, TagNames::text),
        first(values, ALBUM_ARTIST, TagNames::text),
        first(values, TRACK, TagNames::number),
        first(values, DISC, TagNames::number),
        first(values, YEAR, TagNames::year),
        first(values, RECORDING_ID, TagNames::uuid),
        first(values, ACOUST_ID, TagNames::uuid));
  }

  private static <T> Optional<T> first(
      Map<String, String> values, String[] names, Function<String, Optional<T>> reading) {
    for (String name : names) {
      String value = values.get(name);
      if (value != null) {
        Optional<T> read = reading.apply(value);
        if (read.isPresent()) {
          return read;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(String value) {
    int end = value.indexOf('\0');
    String stripped = (end < 0 ? value : value.substring(0, end)).strip();
    return stripped.isEmpty() ? Optional.empty() : Optional.of(stripped);
  }

  private static Optional<Integer> number(String value) {
    return leading(LEADING_NUMBER, value).map(Integer::valueOf).filter(n -> n >= 1);
  }

  private static Optional<Integer> year(String value) {
    return leading(LEADING_YEAR, value).map(Integer::valueOf);
  }

  private static Optional<String> uuid(String value) {
    return leading(LEADING_UUID, value).map(uuid -> uuid.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> leading(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.lookingAt() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
  }
}
