package org.incipit.server.catalog;

import java.util.OptionalLong;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint and what somebody knows of it. Texts are never empty, null instead, and have
 * neither NUL nor half a surrogate pair.
 *
 * @param application by whose program, if that is known
 * @param account by whom, if that is known
 * @param clientVersion as the program says
 * @param duration whole seconds of the whole file, 1..32767
 * @param bitrate in kbit/s, positive
 * @param format of the file, as the program says: {@code MP3}
 * @param foreignId {@code vendor:id}, at most {@value #MAX_FOREIGN_ID} characters
 */
public record NewSubmission(
    OptionalLong application,
    OptionalLong account,
    @Nullable String clientVersion,
    Fingerprint fingerprint,
    int duration,
    @Nullable Integer bitrate,
    @Nullable String format,
    @Nullable UUID mbid,
    @Nullable UUID puid,
    @Nullable String foreignId,
    TextMetadata text) {
  /** Characters of a foreign id: what fits into an entry of every database's indexes. */
  public static final int MAX_FOREIGN_ID = 800;

  /**
   * Checks what it says, so that one submission cannot make others fail that are stored with it.
   *
   * @throws IllegalArgumentException if a text or a number is not as above
   */
  public NewSubmission {
    Storable.text("clientVersion", clientVersion);
    Storable.number("duration", duration, 1, Short.MAX_VALUE);
    Storable.number("bitrate", bitrate, 1, Integer.MAX_VALUE);
    Storable.text("format", format);
    Storable.text("foreignId", foreignId);
    if (foreignId != null && foreignId.length() > MAX_FOREIGN_ID) {
      throw new IllegalArgumentException(
          "foreignId must have at most "
              + MAX_FOREIGN_ID
              + " characters (got "
              + foreignId.length()
              + ")");
    }
  }
}
