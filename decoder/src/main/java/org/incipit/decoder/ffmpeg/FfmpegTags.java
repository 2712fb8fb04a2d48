package org.incipit.decoder.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_iterate;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.incipit.decoder.audio.DecodeException;
import org.incipit.decoder.audio.DecodeOptions;

/**
 * The tags of a file as FFmpeg reads them, without decoding anything. Keys are in lower case and
 * mostly FFmpeg's own for the usual ones ({@code title}, {@code album_artist}, {@code track}),
 * otherwise as in the file ({@code musicbrainz_trackid}, {@code musicbrainz track id}).
 */
public final class FfmpegTags {
  private FfmpegTags() {}

  /** The tags of the container and, where it lacks them, of its audio stream. */
  public static Map<String, String> read(Path path, DecodeOptions options) throws DecodeException {
    FfmpegLibraries.require();
    try (Container container = Container.open(path, options)) {
      return tags(container);
    }
  }

  /** The same of a stream, which stays the caller's and is read as far as its headers go. */
  public static Map<String, String> read(InputStream in, DecodeOptions options)
      throws DecodeException {
    FfmpegLibraries.require();
    try (Container container = Container.open(StreamIo.of(in), options)) {
      return tags(container);
    }
  }

  private static Map<String, String> tags(Container container) {
    Map<String, String> tags = new HashMap<>();
    add(tags, container.context().metadata());
    int audio = container.findAudio();
    if (audio >= 0) {
      add(tags, container.context().streams(audio).metadata());
    }
    return tags;
  }

  private static void add(Map<String, String> tags, AVDictionary dictionary) {
    AVDictionaryEntry entry = av_dict_iterate(dictionary, null);
    while (entry != null) {
      String key = entry.key().getString(StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
      tags.putIfAbsent(key, entry.value().getString(StandardCharsets.UTF_8));
      entry = av_dict_iterate(dictionary, entry);
    }
  }
}
