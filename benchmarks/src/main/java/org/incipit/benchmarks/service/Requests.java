package org.incipit.benchmarks.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes the bytes of requests. */
final class Requests {
  private Requests() {}

  static ByteBuffer get(String path) {
    return direct(
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  static ByteBuffer put(String path) {
    return direct(
        ("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** A search as a client library would write it. */
  static ByteBuffer search(Form form, String index, int[] hashes) {
    String numbers =
        Arrays.stream(hashes).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(","));
    return switch (form) {
      case LINES -> direct(("search " + numbers + "\r\n").getBytes(StandardCharsets.US_ASCII));
      case JSON ->
          post(
              "/" + index + "/_search",
              "application/json",
              ByteBuffer.wrap(
                  ("{\"query\":[" + numbers + "]}").getBytes(StandardCharsets.US_ASCII)));
      case MSGPACK -> {
        ByteBuffer body = ByteBuffer.allocate(16 + 5 * hashes.length);
        body.put((byte) 0x81);
        query(body, hashes);
        yield post("/" + index + "/_search", "application/vnd.msgpack", body.flip());
      }
    };
  }

  /** A search in MessagePack that may take ten seconds. */
  static ByteBuffer patientSearch(String index, int[] hashes) {
    ByteBuffer body = ByteBuffer.allocate(16 + 5 * hashes.length);
    body.put((byte) 0x82);
    query(body, hashes);
    body.put((byte) 0xA1).put((byte) 't').put((byte) 0xCD).putShort((short) 10_000);
    return post("/" + index + "/_search", "application/vnd.msgpack", body.flip());
  }

  private static void query(ByteBuffer body, int[] hashes) {
    body.put((byte) 0xA1).put((byte) 'q');
    array(body, hashes);
  }

  /** An update of documents with the ids from {@code first} on, in MessagePack. */
  static ByteBuffer update(String index, int first, int[][] documents) {
    int room = 16;
    for (int[] hashes : documents) {
      room += 32 + 5 * hashes.length;
    }
    ByteBuffer body = ByteBuffer.allocate(room);
    body.put((byte) 0x81).put((byte) 0xA1).put((byte) 'c');
    body.put((byte) 0xDC).putShort((short) documents.length);
    for (int i = 0; i < documents.length; i++) {
      body.put((byte) 0x81).put((byte) 0xA1).put((byte) 'i').put((byte) 0x82);
      body.put((byte) 0xA1).put((byte) 'i').put((byte) 0xCE).putInt(first + i);
      body.put((byte) 0xA1).put((byte) 'h');
      array(body, documents[i]);
    }
    return post("/" + index + "/_update", "application/vnd.msgpack", body.flip());
  }

  private static void array(ByteBuffer body, int[] numbers) {
    body.put((byte) 0xDC).putShort((short) numbers.length);
    for (int number : numbers) {
      body.put((byte) 0xCE).putInt(number);
    }
  }

  private static ByteBuffer post(String path, String type, ByteBuffer body) {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: driver\r\nAccept: "
            + type
            + "\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.remaining()
            + "\r\n\r\n";
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length + body.remaining()).put(bytes).put(body).flip();
  }

  /** A form as browsers send it, already encoded. */
  static ByteBuffer form(String path, String form) {
    return post(
        path,
        "application/x-www-form-urlencoded",
        ByteBuffer.wrap(form.getBytes(StandardCharsets.US_ASCII)));
  }

  static ByteBuffer line(String line) {
    return direct((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
