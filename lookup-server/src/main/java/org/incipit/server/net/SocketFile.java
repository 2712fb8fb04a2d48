package org.incipit.server.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
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
  /** Of a mode (POSIX, sys/stat.h). */
  private static final int KIND = 0xF000;

  private static final int SOCKET = 0xC000;

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
    if (!isSocket(path)) {
      throw new IOException(
          "cannot listen on unix:" + path + ": there is a file that is no socket");
    }
    if (somebodyListens(path)) {
      throw new IOException("cannot listen on unix:" + path + ": address already in use");
    }
    Files.deleteIfExists(path);
  }

  /** Pipes and devices refuse connections as a socket does on which nobody listens. */
  private static boolean isSocket(Path path) throws IOException {
    try {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return mode instanceof Integer bits && (bits & KIND) == SOCKET;
    } catch (UnsupportedOperationException e) {
      // Windows, where it has no other kinds.
      return attributes(path).isOther();
    }
  }

  private static boolean somebodyListens(Path path) throws IOException {
    try (SocketChannel other = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return other.isConnected();
    } catch (ConnectException nobody) {
      return false;
    } catch (SocketException e) {
      throw new IOException("cannot listen on unix:" + path + ": " + e.getMessage(), e);
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
