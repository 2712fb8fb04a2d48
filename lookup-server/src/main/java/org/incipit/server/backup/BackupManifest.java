package org.incipit.server.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a backup consists of.
 *
 * @param rows of each table of the catalogue; none if there is no catalogue
 */
record BackupManifest(Map<String, Long> rows, List<Item> files) {
  static final String NAME = "backup.json";

  private static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Pattern FILE =
      Pattern.compile("catalog\\.db|indexes/[A-Za-z0-9_-]{1,255}\\.snapshot");
  private static final Pattern TABLE = Pattern.compile("[a-z_]{1,63}");

  BackupManifest {
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    files = List.copyOf(files);
  }

  /** A file below the folder of the backup. */
  record Item(String file, long bytes, long crc32c) {}

  void write(Path folder) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(NAME));
        JsonGenerator json = FACTORY.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeObjectFieldStart("rows");
      for (Map.Entry<String, Long> table : rows.entrySet()) {
        json.writeNumberField(table.getKey(), table.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("files");
      for (Item item : files) {
        json.writeStartObject();
        json.writeStringField("file", item.file());
        json.writeNumberField("bytes", item.bytes());
        json.writeNumberField("crc32c", item.crc32c());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  static BackupManifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    try (JsonParser json = FACTORY.createParser(Files.readAllBytes(file))) {
      long version = 0;
      Map<String, Long> rows = new LinkedHashMap<>();
      List<Item> files = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "version" -> version = json.getLongValue();
          case "rows" -> {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              rows.put(table(json.currentName()), json.nextLongValue(-1));
            }
          }
          case "files" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              files.add(item(json));
            }
          }
          default -> json.skipChildren();
        }
      }
      if (version != VERSION) {
        throw new IOException(file + " is of another version, or damaged");
      }
      return new BackupManifest(rows, files);
    } catch (NoSuchFileException e) {
      throw new IOException(folder + " is no backup: it has no " + NAME, e);
    }
  }

  /**
   * Compares what a catalogue has with what was kept.
   *
   * @param found rows of each of the tables
   * @throws IOException if one has more or fewer
   */
  void requireRows(Map<String, Long> found) throws IOException {
    for (Map.Entry<String, Long> table : rows.entrySet()) {
      long has = found.getOrDefault(table.getKey(), 0L);
      if (has != table.getValue()) {
        throw new IOException(
            "the backup is damaged: table %s of its catalogue has %d rows instead of %d"
                .formatted(table.getKey(), has, table.getValue()));
      }
    }
  }

  private static String table(String name) throws IOException {
    if (!TABLE.matcher(name).matches()) {
      throw new IOException(NAME + " names a table that no catalogue has: " + name);
    }
    return name;
  }

  private static Item item(JsonParser json) throws IOException {
    String file = "";
    long bytes = -1;
    long crc32c = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "file" -> file = json.getText();
        case "bytes" -> bytes = json.getLongValue();
        case "crc32c" -> crc32c = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    if (!FILE.matcher(file).matches()) {
      throw new IOException(NAME + " names a file that no backup has: " + file);
    }
    return new Item(file, bytes, crc32c);
  }
}
