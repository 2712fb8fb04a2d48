package org.incipit.server.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.incipit.server.index.check.IndexCheck;
import org.incipit.server.index.file.CorruptIndexException;
import org.incipit.server.index.file.FileDisk;
import org.incipit.server.index.segment.DocumentSink;

/** Everything in an index or a folder, to be compared. */
final class Contents {
  private Contents() {}

  /** What receives documents, and keeps their order. */
  static DocumentSink into(Map<Long, List<Long>> documents) {
    return (id, hashes, count) ->
        documents.put(
            Integer.toUnsignedLong(id),
            Arrays.stream(hashes, 0, count).mapToObj(Integer::toUnsignedLong).toList());
  }

  static Map<Long, List<Long>> of(Index index) throws IOException {
    Map<Long, List<Long>> documents = new LinkedHashMap<>();
    index.documents(1 << 20, into(documents));
    return documents;
  }

  static List<String> damages(Path folder) throws IOException {
    List<CorruptIndexException> damages = new ArrayList<>();
    IndexCheck.check(FileDisk.INSTANCE, folder, damages::add);
    return damages.stream()
        .map(damage ->
            damage.file().getFileName() + " " + damage.position() + ": " + damage.getMessage())
        .toList();
  }

  /** Paths and bytes of all files below a folder; paths only of folders. */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String content = Files.isDirectory(path) ? "" : Arrays.toString(Files.readAllBytes(path));
        files.put(folder.relativize(path).toString(), content);
      }
    }
    return files;
  }
}
