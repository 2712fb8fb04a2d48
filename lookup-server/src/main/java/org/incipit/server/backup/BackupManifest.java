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
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a backup consists of.
 *
 * @param rows of the catalogue
 */
record BackupManifest(long rows, List<Item> files) {
  static final String NAME = "backup.json";

  private static final int VERSION = 1;
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Pattern FILE =
      Pattern.compile("catalog\\.db|indexes/[A-Za-z0-9_-]{1,255}\\.snapshot");

  BackupManifest {
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
      json.writeNumberField("rows", rows);
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
      long rows = 0;
      List<Item> files = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "version" -> version = json.getLongValue();
          case "rows" -> rows = json.getLongValue();
          case "files" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              files.add(item(json));
            }
          }
          default -> json.skipChildren();
        }
      }
      if (version != VERSION) {
        throw new IOException(file + " is of a later version, or damaged");
      }
      return new BackupManifest(rows, files);
    } catch (NoSuchFileException e) {
      throw new IOException(folder + " is no backup: it has no " + NAME, e);
    }
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
