package org.incipit.server.fpindex;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON in UTF-8, without white space. */
final class JsonWriter implements BodyWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private final JsonGenerator json;

  JsonWriter() {
    try {
      json = JSON.createGenerator(out);
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  /** One step of writing. */
  private interface Step {
    void run() throws IOException;
  }

  private static void write(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw impossible(e);
    }
  }

  private static UncheckedIOException impossible(IOException e) {
    return new UncheckedIOException("writing to an array", e);
  }

  @Override
  public void beginMap(int entries) {
    write(json::writeStartObject);
  }

  @Override
  public void field(String name) {
    write(() -> json.writeFieldName(name));
  }

  @Override
  public void key(String key) {
    field(key);
  }

  @Override
  public void endMap() {
    write(json::writeEndObject);
  }

  @Override
  public void beginArray(int elements) {
    write(json::writeStartArray);
  }

  @Override
  public void endArray() {
    write(json::writeEndArray);
  }

  @Override
  public void number(long value) {
    write(() -> {
      if (value >= 0) {
        json.writeNumber(value);
      } else {
        json.writeNumber(Long.toUnsignedString(value));
      }
    });
  }

  @Override
  public void bool(boolean value) {
    write(() -> json.writeBoolean(value));
  }

  @Override
  public void text(String value) {
    write(() -> json.writeString(value));
  }

  @Override
  public byte[] bytes() {
    write(json::close);
    return out.toByteArray();
  }
}
