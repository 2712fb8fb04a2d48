package org.incipit.server.http.middleware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Middleware;
import org.incipit.server.http.Request;
import org.incipit.server.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through that bear one of the tokens of a file ({@code Authorization: Bearer TOKEN},
 * RFC 6750), and answers others with 401. How long it takes does not tell how much of a token was
 * right.
 */
public final class Authentication implements Middleware {
  private final Path file;
  private volatile List<byte[]> digests;

  /**
   * Reads the tokens.
   *
   * @param file one token a line; empty lines and those that begin with {@code #} are skipped
   * @throws IOException if it cannot be read, or holds no token or a malformed one
   */
  public Authentication(Path file) throws IOException {
    this.file = file;
    this.digests = read(file);
  }

  /** Reads the file again; if that fails, the tokens stay what they were. Any thread. */
  public void reload() throws IOException {
    digests = read(file);
  }

  @Override
  public void handle(Request request, Response response, Handler next) throws Exception {
    String header = request.headers().first("Authorization");
    if (header == null) {
      throw refused("a bearer token is needed", "Bearer");
    } else if (!isKnown(bearer(header))) {
      throw refused("the token is not valid", "Bearer error=\"invalid_token\"");
    }
    next.handle(request, response);
  }

  private boolean isKnown(@Nullable String token) {
    boolean known = false;
    if (token != null) {
      byte[] digest = digest(token);
      for (byte[] one : digests) {
        known |= MessageDigest.isEqual(one, digest);
      }
    }
    return known;
  }

  private static @Nullable String bearer(String header) {
    boolean bearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
    return bearer ? header.substring(7).strip() : null;
  }

  private static HttpError refused(String text, String challenge) {
    return new HttpError(401, text, Map.of("WWW-Authenticate", challenge));
  }

  private static List<byte[]> read(Path file) throws IOException {
    List<byte[]> digests = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      number++;
      String token = line.strip();
      if (token.isEmpty() || token.startsWith("#")) {
        continue;
      }
      if (!token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
        throw new IOException(file + ": line " + number + " is not a token");
      }
      digests.add(digest(token));
    }
    if (digests.isEmpty()) {
      throw new IOException(file + ": there is no token in it");
    }
    return List.copyOf(digests);
  }

  /** Of one length, whatever that of the token. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
