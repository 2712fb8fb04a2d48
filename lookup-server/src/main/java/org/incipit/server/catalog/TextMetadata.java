package org.incipit.server.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says that a recording is. Texts are never empty, null instead, and have neither NUL
 * nor half a surrogate pair.
 *
 * @param trackNo 1..10000
 * @param discNo 1..10000
 */
public record TextMetadata(
    @Nullable String track,
    @Nullable String artist,
    @Nullable String album,
    @Nullable String albumArtist,
    @Nullable Integer trackNo,
    @Nullable Integer discNo,
    @Nullable Integer year) {
  /**
   * Checks what it says.
   *
   * @throws IllegalArgumentException if a text or a number is not as above
   */
  public TextMetadata {
    Storable.text("track", track);
    Storable.text("artist", artist);
    Storable.text("album", album);
    Storable.text("albumArtist", albumArtist);
    Storable.number("trackNo", trackNo, 1, 10_000);
    Storable.number("discNo", discNo, 1, 10_000);
  }

  /** Nothing is said. */
  public static final TextMetadata NONE =
      new TextMetadata(null, null, null, null, null, null, null);

  public boolean isEmpty() {
    return equals(NONE);
  }
}
