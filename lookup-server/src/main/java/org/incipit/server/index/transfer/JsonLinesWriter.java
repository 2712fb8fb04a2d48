package org.incipit.server.index.transfer;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a line of JSON for each document. */
final class JsonLinesWriter implements DocumentWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private boolean some;

  JsonLinesWriter(OutputStream out) throws IOException {
    json = JSON.createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void document(int id, int[] hashes, int count) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", Integer.toUnsignedLong(id));
    json.writeArrayFieldStart("hashes");
    for (int i = 0; i < count; i++) {
      json.writeNumber(Integer.toUnsignedLong(hashes[i]));
    }
    json.writeEndArray();
    json.writeEndObject();
    some = true;
  }

  @Override
  public void finish() throws IOException {
    if (some) {
      json.writeRaw('\n');
    }
    json.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
