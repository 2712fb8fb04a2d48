package org.incipit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.incipit.decoder.audio.AudioFormat;
import org.incipit.decoder.audio.AudioTags;
import org.incipit.server.catalog.NewSubmission;

/** What the tags and the format of a file say, in the words of the web service. */
final class SubmittedFields {
  private SubmittedFields() {}

  /**
   * Parameters by their names.
   *
   * @param vendor of the foreign id that the path becomes, or empty
   * @throws IOException if the path is too long for that
   */
  static Map<String, String> of(Path file, AudioFormat format, AudioTags tags, String vendor)
      throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "mbid", tags.recordingId());
    put(fields, "track", tags.title());
    put(fields, "artist", tags.artist());
    put(fields, "album", tags.album());
    put(fields, "albumartist", tags.albumArtist());
    put(fields, "year", tags.year());
    put(fields, "trackno", tags.track());
    put(fields, "discno", tags.disc());
    put(fields, "fileformat", Optional.of(format.codec().toUpperCase(Locale.ROOT)));
    long kilobits = format.bitRate() / 1000;
    put(fields, "bitrate", kilobits > 0 ? Optional.of(kilobits) : Optional.empty());
    if (!vendor.isEmpty()) {
      fields.put("foreignid", foreignId(vendor, file));
    }
    return fields;
  }

  private static String foreignId(String vendor, Path file) throws IOException {
    String id = vendor + ":" + file.toAbsolutePath().normalize();
    if (id.length() > NewSubmission.MAX_FOREIGN_ID) {
      throw new IOException(
          "its path is too long for --foreign-id-from-path: %d characters with the vendor, %d fit"
              .formatted(id.length(), NewSubmission.MAX_FOREIGN_ID));
    }
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw new IOException(
          "its path has a control character, which --foreign-id-from-path cannot submit");
    }
    return id;
  }

  private static void put(Map<String, String> fields, String name, Optional<?> value) {
    value
        .map(Object::toString)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> fields.put(name, text));
  }
}
