package org.incipit.server.backup;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.incipit.server.http.client.Answer;
import org.incipit.server.http.client.Call;
import org.incipit.server.http.client.ClientLimits;
import org.incipit.server.http.client.RefusedException;
import org.incipit.server.http.client.StreamedAnswer;
import org.incipit.server.http.client.WebClient;
import org.incipit.server.index.catalog.IndexCatalog;

/** The indexes of a directory that a server has, over HTTP. */
public final class ServedIndexes implements IndexSource {
  private static final int NOT_FOUND = 404;

  /** From here on: it is damaged, or being made. */
  private static final int SERVER_ERROR = 500;

  private final Path folders;
  private final String server;
  private final String token;
  private final String pid;
  private final WebClient web = new WebClient(ClientLimits.DEFAULT);

  /**
   * Of the server that has the directory.
   *
   * @param server its address
   * @param token that it asks for, or empty
   * @param pid of the process that has the directory, or empty
   */
  public ServedIndexes(Path directory, String server, String token, String pid) {
    folders = directory.resolve("index");
    this.server = server.replaceFirst("/+$", "");
    this.token = token;
    this.pid = pid;
  }

  /** Those that there are or were. */
  @Override
  public List<String> names() throws IOException {
    requireSameProcess();
    if (!Files.isDirectory(folders)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folders)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(IndexCatalog::isName)
          .sorted()
          .toList();
    }
  }

  @Override
  public boolean copy(String name, WritableByteChannel to) throws IOException {
    Call call = Call.get(URI.create(server + "/" + name + "/_snapshot"));
    try (StreamedAnswer answer =
        web.open(token.isEmpty() ? call : call.header("Authorization", "Bearer " + token))) {
      answer.body().transferTo(Channels.newOutputStream(to));
      return true;
    } catch (RefusedException e) {
      boolean isMadeAgain = IndexCatalog.isReserved(name) && e.status() >= SERVER_ERROR;
      if (e.status() == NOT_FOUND || isMadeAgain) {
        return false;
      }
      throw e;
    }
  }

  /** Another server may have an index of the same name. */
  private void requireSameProcess() throws IOException {
    Answer health = web.send(Call.get(URI.create(server + "/_health")));
    if (!pid.isEmpty() && !pid.equals(health.header("Incipit-Process"))) {
      throw new IOException(
          server
              + " is not the server of "
              + folders.getParent()
              + ", which process "
              + pid
              + " has");
    }
  }

  @Override
  public void close() {
    web.close();
  }
}
