package org.incipit.decoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.incipit.decoder.audio.AudioTags;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeException.Stage;
import org.incipit.decoder.audio.DecodeOptions;
import org.incipit.decoder.ffmpeg.FfmpegTags;

/**
 * Reads who made a piece of music. FFmpeg is asked first, jaudiotagger where FFmpeg is not there or
 * does not look: MusicBrainz ids in the UFID frames of ID3 tags. Without FFmpeg only ID3 tags are
 * read, those of MP3, WAVE and AIFF files; of other kinds of tags jaudiotagger believes any length,
 * and damaged ones would exhaust the memory.
 *
 * <p>Safe for use by several threads.
 */
public final class TagReader {
  private TagReader() {}

  /**
   * The tags of a file. One that has none, or none that can be read, gives empty values.
   *
   * @throws DecodeException if the file cannot be opened, or if FFmpeg does not take it for audio
   */
  public static AudioTags read(Path path) throws DecodeException {
    if (AudioDecoder.ffmpegAvailable()) {
      return read(path, Optional.of(FfmpegTags.read(path, DecodeOptions.FINGERPRINT)));
    }
    return read(path, Optional.empty());
  }

  /**
   * @param ffmpegs FFmpeg's tags, or empty where there is no FFmpeg
   */
  static AudioTags read(Path path, Optional<Map<String, String>> ffmpegs) throws DecodeException {
    AudioTags tags = TagNames.tags(ffmpegs.orElse(Map.of()));
    if (tags.recordingId().isPresent()) {
      return tags;
    }
    String kind = kind(path, ffmpegs.isEmpty());
    return kind.isEmpty() ? tags : merged(tags, TagNames.tags(JaudiotaggerTags.read(path, kind)));
  }

  /**
   * What jaudiotagger is to take the file for, or an empty string. Files are looked at, as their
   * names may say anything.
   *
   * @param old whether ID3 tags at the end of a file are of interest
   */
  private static String kind(Path path, boolean old) throws DecodeException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(4);
    } catch (NoSuchFileException e) {
      throw new DecodeException(Stage.OPEN, "No such file or directory", 0);
    } catch (IOException e) {
      throw new DecodeException(Stage.OPEN, e, 0);
    }
    String tag = new String(head, StandardCharsets.ISO_8859_1);
    if (tag.equals("RIFF")) {
      return "wav";
    }
    if (tag.equals("FORM")) {
      return "aif";
    }
    boolean mpegFrame = head.length == 4 && head[0] == -1 && (head[1] & 0xe0) == 0xe0;
    return tag.startsWith("ID3") || (old && mpegFrame) ? "mp3" : "";
  }

  private static AudioTags merged(AudioTags first, AudioTags second) {
    return new AudioTags(
        first.title().or(second::title),
        first.artist().or(second::artist),
        first.album().or(second::album),
        first.albumArtist().or(second::albumArtist),
        first.track().or(second::track),
        first.disc().or(second::disc),
        first.year().or(second::year),
        first.recordingId().or(second::recordingId),
        first.acoustId().or(second::acoustId));
  }
}
