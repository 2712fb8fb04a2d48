package org.incipit.decoder;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jaudiotagger.audio.AudioFileIO;
import org.jaudiotagger.audio.exceptions.CannotReadException;
import org.jaudiotagger.audio.exceptions.InvalidAudioFrameException;
import org.jaudiotagger.audio.exceptions.ReadOnlyFileException;
import org.jaudiotagger.tag.FieldKey;
import org.jaudiotagger.tag.KeyNotFoundException;
import org.jaudiotagger.tag.Tag;
import org.jaudiotagger.tag.TagException;
import org.jaudiotagger.tag.TagField;
import org.jaudiotagger.tag.id3.AbstractID3v2Frame;
import org.jaudiotagger.tag.id3.AbstractID3v2Tag;
import org.jaudiotagger.tag.id3.Id3SupportingTag;
import org.jaudiotagger.tag.id3.framebody.FrameBodyTXXX;

/** The tags of a file as jaudiotagger reads them. */
final class JaudiotaggerTags {
  /** Held so that its level lasts: it logs every file it reads. */
  private static final Logger LOGGER = Logger.getLogger("org.jaudiotagger");

  private static final Map<FieldKey, String> NAMES =
      Map.of(
          FieldKey.TITLE, "title",
          FieldKey.ARTIST, "artist",
          FieldKey.ALBUM, "album",
          FieldKey.ALBUM_ARTIST, "album_artist",
          FieldKey.TRACK, "track",
          FieldKey.DISC_NO, "disc",
          FieldKey.YEAR, "date",
          FieldKey.MUSICBRAINZ_TRACK_ID, "musicbrainz_trackid",
          FieldKey.ACOUSTID_ID, "acoustid_id");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  private JaudiotaggerTags() {}

  /**
   * Values by the names of {@link TagNames}; none of a file that jaudiotagger cannot read.
   *
   * @param kind the ending of such files' names
   */
  static Map<String, String> read(Path path, String kind) {
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      return Map.of();
    }
    try {
      Tag tag = AudioFileIO.readAs(path.toFile(), kind).getTag();
      return tag == null ? Map.of() : values(tag);
    } catch (CannotReadException
        | IOException
        | TagException
        | ReadOnlyFileException
        | InvalidAudioFrameException
        // What it throws at damaged files.
        | RuntimeException e) {
      return Map.of();
    }
  }

  private static Map<String, String> values(Tag tag) {
    Map<String, String> values = new HashMap<>();
    if (tag instanceof Id3SupportingTag chunked) {
      AbstractID3v2Tag id3 = chunked.getID3Tag();
      if (id3 != null) {
        addAll(values, id3);
      }
    }
    addAll(values, tag);
    return values;
  }

  private static void addAll(Map<String, String> values, Tag tag) {
    NAMES.forEach((key, name) -> add(values, name, first(tag, key)));
    if (tag instanceof AbstractID3v2Tag id3) {
      for (TagField field : id3.getFields("TXXX")) {
        if (field instanceof AbstractID3v2Frame frame
            && frame.getBody() instanceof FrameBodyTXXX body) {
          add(values, body.getDescription().toLowerCase(Locale.ROOT), body.getText());
        }
      }
    }
  }

  private static void add(Map<String, String> values, String name, String value) {
    if (!value.isBlank()) {
      values.putIfAbsent(name, value);
    }
  }

  /** The value, or nothing where this kind of tag has no such thing. */
  private static String first(Tag tag, FieldKey key) {
    try {
      return tag.getFirst(key);
    } catch (KeyNotFoundException | UnsupportedOperationException e) {
      return "";
    }
  }
}
