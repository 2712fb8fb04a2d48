package org.incipit.server.acoustid.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON value as it came. What is not there, or of another kind, reads as nothing. */
public final class JsonValue {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonValue NOTHING = new JsonValue(null);

  private final @Nullable Object value;

  private JsonValue(@Nullable Object value) {
    this.value = value;
  }

  /**
   * Reads a whole document.
   *
   * @throws IOException if it is none
   */
  static JsonValue read(byte[] json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      JsonValue value = next(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
      return value;
    }
  }

  private static JsonValue next(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, next(parser));
        }
        yield new JsonValue(members);
      }
      case START_ARRAY -> {
        List<JsonValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(next(parser));
        }
        yield new JsonValue(items);
      }
      case VALUE_STRING -> new JsonValue(parser.getText());
      case VALUE_NUMBER_INT -> new JsonValue(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> new JsonValue(parser.getDecimalValue());
      case VALUE_TRUE -> new JsonValue(true);
      case VALUE_FALSE -> new JsonValue(false);
      case VALUE_NULL -> NOTHING;
      case null, default -> throw new IOException("the JSON is cut off");
    };
  }

  /** A member of an object. */
  public JsonValue get(String name) {
    if (value instanceof Map<?, ?> members && members.get(name) instanceof JsonValue member) {
      return member;
    }
    return NOTHING;
  }

  /** The names of an object's members, in their order. */
  public Set<String> names() {
    Map<String, JsonValue> names = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> members) {
      members.keySet().forEach(name -> names.put(String.valueOf(name), NOTHING));
    }
    return names.keySet();
  }

  /** The items of an array. */
  public List<JsonValue> items() {
    List<JsonValue> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof JsonValue of) {
          items.add(of);
        }
      }
    }
    return items;
  }

  /** A string, or a number as text; otherwise empty. */
  public String text() {
    return value instanceof String || value instanceof Number ? value.toString() : "";
  }

  /** A number, or one that is written as a string; otherwise -1. */
  public long number() {
    if (value instanceof Number number) {
      return number.longValue();
    }
    String text = text();
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /** A number; otherwise 0. */
  public double real() {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  /** Whether it is an array. */
  public boolean isArray() {
    return value instanceof List;
  }

  /** Writes it as it came. */
  public void write(JsonGenerator to) throws IOException {
    switch (value) {
      case null -> to.writeNull();
      case Map<?, ?> members -> {
        to.writeStartObject();
        for (String name : names()) {
          to.writeFieldName(name);
          get(name).write(to);
        }
        to.writeEndObject();
      }
      case List<?> list -> {
        to.writeStartArray();
        for (JsonValue item : items()) {
          item.write(to);
        }
        to.writeEndArray();
      }
      case String text -> to.writeString(text);
      case Boolean truth -> to.writeBoolean(truth);
      // As it was written: 1.0 stays 1.0.
      default -> to.writeNumber(value.toString());
    }
  }
}
