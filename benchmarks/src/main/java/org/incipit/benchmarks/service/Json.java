package org.incipit.benchmarks.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes what a driver needs out of an answer. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /**
   * The objects in a list that the root has by a name; what is nested is named {@code result.id}.
   * None if there is no such list.
   */
  static List<Map<String, String>> rows(String body, String list) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(body)) {
      expect(parser.nextToken() == JsonToken.START_OBJECT, body);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(list);
        if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> row = new HashMap<>();
            object(parser, "", row);
            rows.add(row);
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return rows;
  }

  private static void expect(boolean is, String body) throws IOException {
    if (!is) {
      throw new IOException("not an object: " + body);
    }
  }

  private static void object(JsonParser parser, String prefix, Map<String, String> row)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = prefix + parser.currentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> object(parser, name + ".", row);
        case START_ARRAY -> parser.skipChildren();
        default -> row.put(name, parser.getText());
      }
    }
  }
}
