package org.incipit.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;

/** Writes JSON objects, one a line. */
final class JsonLines {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final PrintStream out;

  JsonLines(PrintStream out) {
    this.out = out;
  }

  /** What an object holds. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** What went wrong with a file. */
  void error(Path file, String message) throws IOException {
    line(json -> {
      json.writeStringField("file", file.toString());
      json.writeStringField("status", "error");
      json.writeStringField("error", message);
    });
  }

  /** Writes one, at once. */
  void line(Members members) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    }
    out.append(text.toString()).append('\n');
    out.flush();
  }
}
