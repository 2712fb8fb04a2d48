package org.incipit.server.acoustid;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.incipit.server.catalog.SubmittedText;
import org.incipit.server.catalog.TextMetadata;
import org.jspecify.annotations.Nullable;

/** What users have submitted as text, in the shapes of MusicBrainz's metadata but without ids. */
final class TextTrees {
  private static final String ARTISTS = "artists";
  private static final String TITLE = "title";

  private final Meta meta;

  TextTrees(Meta meta) {
    this.meta = meta;
  }

  /** What a text says of a recording. */
  Fields recording(SubmittedText submitted) {
    TextMetadata text = submitted.text();
    Fields recording = new Fields().put(TITLE, text.track() == null ? "" : text.track());
    recording.putIfAny(ARTISTS, artists(text.artist(), null));
    if (meta.sources()) {
      recording.put("sources", submitted.submissions());
    }
    if (meta.releaseGroups()) {
      recording.putIfAny("releasegroups", groups(text, text.artist()));
    } else if (meta.releases()) {
      recording.putIfAny("releases", releases(text, text.artist(), null));
    }
    return recording;
  }

  /** The release group that a text names, if it does. */
  List<Fields> groups(TextMetadata text) {
    return groups(text, null);
  }

  /** The release that a text names, if it does. */
  List<Fields> releases(TextMetadata text) {
    return releases(text, null, null);
  }

  private List<Fields> groups(TextMetadata text, @Nullable String artistAbove) {
    if (text.album() == null) {
      return List.of();
    }
    Fields group = new Fields().put(TITLE, text.album());
    group.putIfAny(ARTISTS, artists(text.albumArtist(), artistAbove));
    if (meta.releases()) {
      String above = text.albumArtist() == null ? artistAbove : text.albumArtist();
      group.put("releases", releases(text, above, text.album()));
    }
    return List.of(group);
  }

  private List<Fields> releases(
      TextMetadata text, @Nullable String artistAbove, @Nullable String titleAbove) {
    String album = text.album();
    if (album == null) {
      return List.of();
    }
    Fields release = new Fields();
    if (!isSaid(album, titleAbove)) {
      release.put(TITLE, album);
    }
    release.putIfAny(ARTISTS, artists(text.albumArtist(), artistAbove));
    if (text.year() != null) {
      release.put("date", new Fields().put("year", text.year()));
    }
    if (meta.tracks()) {
      release.put("mediums", mediums(text));
    }
    return List.of(release);
  }

  /** Picard needs the list, empty or not, and would miss the position of an empty track. */
  private List<Fields> mediums(TextMetadata text) {
    Fields track = new Fields();
    if (text.trackNo() != null) {
      track.put("position", text.trackNo());
    }
    if (text.track() != null && !meta.compress()) {
      track.put(TITLE, text.track());
    }
    if (track.isEmpty() && text.discNo() == null) {
      return List.of();
    }
    Fields medium = new Fields().put("tracks", track.isEmpty() ? List.of() : List.of(track));
    if (text.discNo() != null) {
      medium.put("position", text.discNo());
    }
    return List.of(medium);
  }

  private List<Fields> artists(@Nullable String name, @Nullable String above) {
    List<Fields> artists = new ArrayList<>(1);
    if (name != null && !isSaid(name, above)) {
      artists.add(new Fields().put("name", name));
    }
    return artists;
  }

  /** Whether what is above has said it, which is enough when the answer is to be short. */
  private boolean isSaid(String text, @Nullable String above) {
    return meta.compress() && Objects.equals(text, above);
  }
}
