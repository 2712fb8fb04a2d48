package org.incipit.server.fpindex;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads JSON in UTF-8, strictly: names in full, null only where a field may be null. */
final class JsonReader implements BodyReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(1 << 24)
                  .maxStringLength(1 << 24)
                  .build())
          .build();

  private final JsonParser json;
  private final int[] seen = new int[MAX_DEPTH];
  private int depth = -1;

  /** Set if the token that is to be read next was taken from the parser already. */
  private @Nullable JsonToken ahead;

  /** Reads what is in an array, which must not change meanwhile. */
  JsonReader(byte[] bytes) throws BodyFormatException {
    try {
      json = JSON.createParser(bytes);
    } catch (IOException e) {
      throw new BodyFormatException(0, String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable JsonToken next() throws BodyFormatException {
    JsonToken token = ahead;
    ahead = null;
    return token == null ? advance() : token;
  }

  private @Nullable JsonToken advance() throws BodyFormatException {
    try {
      return json.nextToken();
    } catch (JsonProcessingException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from an array", e);
    }
  }

  private void require(@Nullable JsonToken token, JsonToken wanted, String what)
      throws BodyFormatException {
    if (token != wanted) {
      throw refusal("wanted " + what + ", got " + token);
    }
  }

  @Override
  public void enterMap() throws BodyFormatException {
    require(next(), JsonToken.START_OBJECT, "an object");
    depth++;
    seen[depth] = 0;
  }

  @Override
  public @Nullable String field(Fields fields) throws BodyFormatException {
    String name = name();
    while (name != null) {
      int place = fields.named(name);
      if (place < 0) {
        throw refusal("no such field");
      }
      int bit = 1 << place;
      if ((seen[depth] & bit) != 0) {
        throw refusal("a second " + name);
      }
      seen[depth] |= bit;
      ahead = advance();
      if (ahead != JsonToken.VALUE_NULL || !fields.isNullable(place)) {
        return fields.name(place);
      }
      ahead = null;
      name = name();
    }
    return null;
  }

  @Override
  public @Nullable String key() throws BodyFormatException {
    String name = name();
    return name == null ? null : requireUnicode(name);
  }

  private @Nullable String name() throws BodyFormatException {
    JsonToken token = next();
    if (token == JsonToken.END_OBJECT) {
      depth--;
      return null;
    }
    require(token, JsonToken.FIELD_NAME, "a name");
    return read(JsonParser::currentName);
  }

  @Override
  public void enterArray() throws BodyFormatException {
    require(next(), JsonToken.START_ARRAY, "an array");
    depth++;
  }

  @Override
  public boolean hasNext() throws BodyFormatException {
    ahead = advance();
    if (ahead == JsonToken.END_ARRAY) {
      ahead = null;
      depth--;
      return false;
    }
    return true;
  }

  @Override
  public long u32() throws BodyFormatException {
    require(next(), JsonToken.VALUE_NUMBER_INT, "a whole number");
    long number = read(JsonParser::getLongValue);
    if ((number >>> 32) != 0) {
      throw refusal("must be 0..4294967295 (got " + number + ")");
    }
    return number;
  }

  @Override
  public long u64() throws BodyFormatException {
    require(next(), JsonToken.VALUE_NUMBER_INT, "a whole number");
    BigInteger number = read(JsonParser::getBigIntegerValue);
    if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
      throw refusal("not an unsigned number of 64 bits");
    }
    return number.longValue();
  }

  @Override
  public int[] hashes(int most, HashCharge charge) throws BodyFormatException, Refusal {
    require(next(), JsonToken.START_ARRAY, "an array");
    int[] hashes = new int[Math.min(most, 128)];
    int count = 0;
    int charged = 0;
    for (ahead = advance(); ahead != JsonToken.END_ARRAY; ahead = advance()) {
      if (count == most) {
        throw refusal("more than " + most + " hashes");
      }
      if (count == hashes.length) {
        // What they cost later is more than this array and a longer one.
        charge.hashes(count - charged);
        charged = count;
        hashes = Arrays.copyOf(hashes, (int) Math.min(2L * count, most));
      }
      hashes[count++] = (int) u32();
    }
    ahead = null;
    charge.hashes(count - charged);
    return count == hashes.length ? hashes : Arrays.copyOf(hashes, count);
  }

  @Override
  public boolean bool() throws BodyFormatException {
    JsonToken token = next();
    if (token != JsonToken.VALUE_FALSE) {
      require(token, JsonToken.VALUE_TRUE, "true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  @Override
  public String text() throws BodyFormatException {
    require(next(), JsonToken.VALUE_STRING, "text");
    return requireUnicode(read(JsonParser::getText));
  }

  /**
   * Half of a surrogate pair, escaped, has no form in UTF-8: it would be stored as another text.
   */
  private String requireUnicode(String text) throws BodyFormatException {
    if (text.codePoints().anyMatch(JsonReader::isHalf)) {
      throw refusal("half of a surrogate pair");
    }
    return text;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  @Override
  public void end() throws BodyFormatException {
    JsonToken token = next();
    if (token != null) {
      throw refusal("something follows");
    }
  }

  /** Takes a value from the parser; a number that does not fit is the body's fault. */
  private interface Getter<T> {
    T get(JsonParser parser) throws IOException;
  }

  private <T> T read(Getter<T> getter) throws BodyFormatException {
    try {
      return getter.get(json);
    } catch (JsonProcessingException e) {
      throw refusal(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from an array", e);
    }
  }

  private BodyFormatException refusal(JsonProcessingException e) {
    return new BodyFormatException(position(), e.getOriginalMessage(), e);
  }

  @Override
  public BodyFormatException refusal(String what) {
    return new BodyFormatException(position(), what);
  }

  private long position() {
    return Math.max(0, json.currentLocation().getByteOffset());
  }
}
