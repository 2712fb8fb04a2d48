package org.incipit.server.index.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.incipit.server.index.change.Change;
import org.jspecify.annotations.Nullable;

/** Reads lines of JSON. */
final class JsonLinesReader implements DocumentReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long MOST = 0xFFFF_FFFFL;

  private final JsonParser json;
  private int[] hashes = new int[256];

  JsonLinesReader(InputStream in) throws IOException {
    json = JSON.createParser(in);
    json.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  @Override
  public Change.@Nullable Insert next() throws IOException {
    try {
      JsonToken token = json.nextToken();
      if (token == null) {
        return null;
      }
      require(token == JsonToken.START_OBJECT, "a document must be an object");
      return document();
    } catch (JsonProcessingException e) {
      throw new DocumentFormatException("line", line(), e.getOriginalMessage(), e);
    }
  }

  private long line() {
    return json.currentLocation().getLineNr();
  }

  private void require(boolean held, String what) throws DocumentFormatException {
    if (!held) {
      throw new DocumentFormatException("line", line(), what, null);
    }
  }

  private Change.Insert document() throws IOException {
    int id = 0;
    int count = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "id" -> {
          require(id == 0, "a second id");
          id = number(value);
          require(id != 0, "id must be 1..4294967295 (got 0)");
        }
        case "hashes" -> {
          require(count < 0, "second hashes");
          require(value == JsonToken.START_ARRAY, "hashes must be an array");
          count = hashes();
        }
        default ->
            throw new DocumentFormatException("line", line(), "no such field: " + name, null);
      }
    }
    require(id != 0, "no id");
    require(count >= 0, "no hashes");
    return new Change.Insert(id, Arrays.copyOf(hashes, count));
  }

  private int hashes() throws IOException {
    int count = 0;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      require(count < MOST_HASHES, "more than " + MOST_HASHES + " hashes");
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      hashes[count++] = number(token);
    }
    return count;
  }

  private int number(@Nullable JsonToken token) throws IOException {
    require(token == JsonToken.VALUE_NUMBER_INT, "must be a whole number");
    // A number that is too long for a long is refused by Jackson itself.
    long number = json.getLongValue();
    require(number >= 0 && number <= MOST, "must be 0..4294967295 (got " + number + ")");
    return (int) number;
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
