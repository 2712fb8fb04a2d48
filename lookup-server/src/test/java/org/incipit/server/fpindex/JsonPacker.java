package org.incipit.server.fpindex;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessagePacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** Writes JSON as MessagePack. */
final class JsonPacker {
  private final JsonParser json;
  private final MessagePacker out;

  JsonPacker(String json, MessagePacker out) throws IOException {
    this.json = new JsonFactory().createParser(json);
    this.out = out;
  }

  void pack() throws IOException {
    json.nextToken();
    out.packValue(value());
  }

  private Value value() throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> map();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT -> ValueFactory.newInteger(json.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> ValueFactory.newFloat(json.getDoubleValue());
      case VALUE_STRING -> ValueFactory.newString(json.getText());
      case VALUE_TRUE -> ValueFactory.newBoolean(true);
      case VALUE_FALSE -> ValueFactory.newBoolean(false);
      case VALUE_NULL -> ValueFactory.newNil();
      default -> throw new AssertionError(json.currentToken());
    };
  }

  private Value map() throws IOException {
    List<Value> all = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      all.add(ValueFactory.newString(name.isEmpty() ? name : name.substring(0, 1)));
      json.nextToken();
      all.add(value());
    }
    return ValueFactory.newMap(all.toArray(Value[]::new));
  }

  private Value array() throws IOException {
    List<Value> all = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      all.add(value());
    }
    return ValueFactory.newArray(all);
  }
}
