package org.incipit.server.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
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
import org.incipit.server.catalog.store.CatalogConfig;

/**
 * What a backup consists of.
 *
 * @param rows of each table of the catalogue; none if there is no catalogue
 */
record BackupManifest(Map<String, Long> rows, List<Item> files) {
  static final String NAME = "backup.json";

  private static final int VERSION = 1;
  private static final SerializableString VERSION_FIELD = new SerializedString("version");
  private static final SerializableString ROWS = new SerializedString("rows");
  private static final SerializableString FILES = new SerializedString("files");
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
      json.writeFieldName(VERSION_FIELD);
      json.writeNumber(VERSION);
      json.writeFieldName(ROWS);
      json.writeStartObject();
      for (Map.Entry<String, Long> table : rows.entrySet()) {
        json.writeNumberField(table.getKey(), table.getValue());
      }
      json.writeEndObject();
      json.writeFieldName(FILES);
      json.writeStartArray();
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

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IOException if there is nothing, or something else
   */
  static BackupManifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    try (JsonParser json = FACTORY.createParser(Files.readAllBytes(file))) {
      BackupManifest manifest = read(json);
      if (manifest.rows.isEmpty() == manifest.hasCatalogue()) {
        throw new IOException("it has only one of the catalogue and its rows");
      }
      return manifest;
    } catch (NoSuchFileException e) {
      throw new IOException(folder + " is no backup: it has no " + NAME, e);
    } catch (IOException e) {
      throw new IOException(file + " is of another version, or damaged: " + e.getMessage(), e);
    }
  }

  private static BackupManifest read(JsonParser json) throws IOException {
    Map<String, Long> rows = new LinkedHashMap<>();
    List<Item> files = new ArrayList<>();
    require(json.nextToken() == JsonToken.START_OBJECT, "it is no object");
    require(json.nextFieldName(VERSION_FIELD) && json.nextIntValue(0) == VERSION, "no version 1");
    require(json.nextFieldName(ROWS) && json.nextToken() == JsonToken.START_OBJECT, "no rows");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      rows.put(table(json.currentName()), json.nextLongValue(-1));
    }
    require(json.nextFieldName(FILES) && json.nextToken() == JsonToken.START_ARRAY, "no files");
    while (json.nextToken() == JsonToken.START_OBJECT) {
      files.add(item(json));
    }
    require(json.nextToken() == JsonToken.END_OBJECT, "something behind the files");
    return new BackupManifest(rows, files);
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }

  /** Whether the catalogue is among the files. */
  boolean hasCatalogue() {
    return files.stream().anyMatch(item -> item.file().equals(CatalogConfig.FILE));
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
      throw new IOException("it names a table that no catalogue has: " + name);
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
      throw new IOException("it names a file that no backup has: " + file);
    }
    return new Item(file, bytes, crc32c);
  }
}
