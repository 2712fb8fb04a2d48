package org.incipit.server.http;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket (RFC 6455) in straight-line code. Pings are answered and fragments put together by
 * themselves. One thread receives; any thread sends.
 */
public interface WebSocket extends Closeable {
  /** What came. */
  sealed interface Message {
    /** A text message. */
    record Text(String text) implements Message {}

    /** A binary message; the array is the receiver's. */
    final class Binary implements Message {
      private final byte[] bytes;

      /** Takes over the array. */
      public Binary(byte[] bytes) {
        this.bytes = bytes;
      }

      public byte[] bytes() {
        return bytes;
      }
    }
  }

  /** Answers the handshake of a route; runs on a virtual thread. */
  @FunctionalInterface
  interface Handler {
    /** Talks until it returns; then the socket is closed with 1000, or 1011 if it throws. */
    void handle(Request request, WebSocket socket) throws Exception;
  }

  /**
   * Waits for the next message.
   *
   * @return null when the other side has closed
   */
  @Nullable Message receive() throws IOException;

  void send(String text) throws IOException;

  /** Sends a binary message; the array is not copied, so not to be changed. */
  void send(byte[] bytes) throws IOException;

  /** Sends a ping of at most 125 bytes. */
  void ping(byte[] payload) throws IOException;

  /** Closes with a code of RFC 6455, 7.4. */
  void close(int code, String reason) throws IOException;

  /** The code with which the other side closed; 1005 if it gave none, 0 while it has not. */
  int closeCode();
}
