package org.incipit.server.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The file of a Unix-domain socket on which we listen. */
final class SocketFile {
  private final Path path;
  private final @Nullable Object key;

  private SocketFile(Path path, @Nullable Object key) {
    this.path = path;
    this.key = key;
  }

  /** The name it has until it listens. */
  static Path whileBinding(Path path) {
    return path.resolveSibling(path.getFileName() + "~");
  }

  /** The file that has just been made there, under its name. */
  static SocketFile moved(Path from, Path path) throws IOException {
    Object key = attributes(from).fileKey();
    Files.move(from, path, StandardCopyOption.ATOMIC_MOVE);
    return new SocketFile(path, key);
  }

  /** Removes the file, unless it is no longer ours. */
  void remove() throws IOException {
    try {
      Object now = attributes(path).fileKey();
      if (now != null && now.equals(key)) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException gone) {
      return;
    }
  }

  /**
   * Removes a socket on which nobody listens, as a killed process leaves it.
   *
   * @throws IOException if somebody listens, or it is no socket
   */
  static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!attributes(path).isOther()) {
      throw new IOException(
          "cannot listen on unix:" + path + ": there is a file that is no socket");
    }
    if (somebodyListens(path)) {
      throw new IOException("cannot listen on unix:" + path + ": address already in use");
    }
    Files.deleteIfExists(path);
  }

  private static boolean somebodyListens(Path path) throws IOException {
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return other.isConnected();
    } catch (ConnectException nobody) {
      return false;
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
