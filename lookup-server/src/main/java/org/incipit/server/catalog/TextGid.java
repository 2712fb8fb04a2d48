package org.incipit.server.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The public id of a text, the same wherever the same is said: a UUID of version 5 (RFC 9562) of
 * its fields as compact JSON in ASCII, those that say nothing left out.
 */
final class TextGid {
  private static final UUID NAMESPACE = UUID.fromString("3b3bd228-5d2c-11ea-b498-60f67731bf41");

  private final StringBuilder json = new StringBuilder(128).append('{');

  private TextGid(TextMetadata text) {
    field("track", text.track());
    field("artist", text.artist());
    field("album", text.album());
    field("album_artist", text.albumArtist());
    field("track_no", text.trackNo());
    field("disc_no", text.discNo());
    field("year", text.year());
    json.append('}');
  }

  static UUID of(TextMetadata text) {
    byte[] name = new TextGid(text).json.toString().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer digest =
        ByteBuffer.wrap(
            sha1(
                ByteBuffer.allocate(16 + name.length)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .put(name)
                    .array()));
    long high = (digest.getLong() & ~0xf000L) | 0x5000L;
    long low = (digest.getLong() << 2 >>> 2) | Long.MIN_VALUE;
    return new UUID(high, low);
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private void field(String name, @Nullable Object value) {
    if (value == null) {
      return;
    }
    json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    if (value instanceof String text) {
      quote(text);
    } else {
      json.append(value);
    }
  }

  private void quote(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c >= ' ' && c <= '~') {
            json.append(c);
          } else {
            json.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    json.append('"');
  }
}
