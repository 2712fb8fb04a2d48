package org.incipit.server.acoustid;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes JSON in ASCII, as Python does. */
final class JsonText {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .build();

  private JsonText() {}

  static void write(Fields answer, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      write(answer, json);
    }
  }

  private static void write(Node node, JsonGenerator json) throws IOException {
    switch (node) {
      case Node.Text text -> json.writeString(text.value());
      case Node.Whole whole -> json.writeNumber(whole.value());
      case Node.Real real -> json.writeNumber(real.value());
      case Node.True yes -> json.writeBoolean(true);
      case Node.Nothing nothing -> json.writeNull();
      case Node.Items items -> {
        json.writeStartArray();
        for (Node item : items.nodes()) {
          write(item, json);
        }
        json.writeEndArray();
      }
      case Fields fields -> {
        json.writeStartObject();
        for (Map.Entry<String, Node> field : fields.nodes().entrySet()) {
          json.writeFieldName(field.getKey());
          write(field.getValue(), json);
        }
        json.writeEndObject();
      }
    }
  }
}
