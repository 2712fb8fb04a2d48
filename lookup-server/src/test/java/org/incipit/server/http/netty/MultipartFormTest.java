package org.incipit.server.http.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Request;
import org.incipit.server.http.Upload;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
  private static final String TYPE = "multipart/form-data; boundary=\"--b\"";
  private static final MultipartForm FORM = new MultipartForm(3, 2, 1 << 20);

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  @Test
  void fieldsAndFilesAreDecodedInTheirOrder() throws Exception {
    byte[] content = new byte[70_000];
    new Random(20261122).nextBytes(content);
    part("name=\"a\"", null, "caf\u00e9 + %20".getBytes(StandardCharsets.UTF_8));
    part("name=\"f\"; filename=\"../x.bin\"", "audio/x", content);
    part("name=\"a\"", null, new byte[0]);
    Request.Form form = decode(ended());
    assertEquals(List.of("caf\u00e9 + %20", ""), form.fields().all("a"));
    Upload file = form.files().getFirst();
    assertEquals(
        "f ../x.bin audio/x", file.name() + " " + file.fileName() + " " + file.contentType());
    assertArrayEquals(content, file.content());
    assertEquals(1, form.files().size());
  }

  @Test
  void whatIsBeyondALimitIs413() {
    for (int i = 0; i < 3; i++) {
      part("name=\"a\"", null, new byte[10]);
    }
    assertEquals(413, status(new MultipartForm(2, 9, 99)));
    assertEquals(413, status(new MultipartForm(3, 9, 29)));
    part("name=\"a\"; filename=\"x\"", "a/b", new byte[10]);
    assertEquals(413, status(new MultipartForm(3, 0, 99)));
    assertEquals(413, status(new MultipartForm(9, 9, 39)));
    assertEquals(413, status(new MultipartForm(1, 1, 99)));
  }

  @Test
  void aFormThatIsCutOffAnywhereIs400() {
    part("name=\"a\"", null, "value".getBytes(StandardCharsets.UTF_8));
    part("name=\"f\"; filename=\"x\"", "a/b", "content".getBytes(StandardCharsets.UTF_8));
    byte[] whole = ended();
    for (int length = 0; length < whole.length - 4; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertEquals(
          400,
          assertThrows(HttpError.class, () -> decode(cut), () -> cut.length + " bytes").status());
    }
  }

  /** The decoder keeps what it has begun when it fails, and only the heap is cleaned behind it. */
  @Test
  void aFormThatCannotBeDecodedLeavesNoDirectMemory() {
    Random random = new Random(20261123);
    part("name=\"a\"", null, new byte[100]);
    part("name=\"b\"", null, new byte[100]);
    byte[] whole = ended();
    long before = UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
      refused += isDecoded(damaged) ? 0 : 1;
    }
    assertTrue(refused > 100, refused + " were refused");
    assertEquals(before, UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
  }

  private static boolean isDecoded(byte[] bytes) {
    try {
      decode(bytes);
      return true;
    } catch (HttpError e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPartWhoseHeadIsDamagedIs400() {
    for (String name : List.of("name", "name\"a\"", "filename", "name*", "filename*=x")) {
      part(name, null, new byte[] {'x'});
      byte[] whole = ended();
      body.reset();
      assertEquals(400, assertThrows(HttpError.class, () -> decode(whole), name).status(), name);
    }
  }

  @Test
  void whatIsNoFormIs400() {
    for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=", "a/b")) {
      HttpError error =
          assertThrows(
              HttpError.class, () -> FORM.decode("x".getBytes(StandardCharsets.UTF_8), type));
      assertEquals(400, error.status(), type);
    }
    for (String text : List.of("", "x", "----b\r\n\r\nx\r\n----b--\r\n", "----b\r\nnonsense")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(400, assertThrows(HttpError.class, () -> decode(bytes), text).status());
    }
  }

  private void part(String disposition, String type, byte[] content) {
    text("----b\r\nContent-Disposition: form-data; " + disposition + "\r\n");
    text(type == null ? "\r\n" : "Content-Type: " + type + "\r\n\r\n");
    body.writeBytes(content);
    text("\r\n");
  }

  private byte[] ended() {
    int length = body.size();
    text("----b--\r\n");
    byte[] whole = body.toByteArray();
    body.reset();
    body.write(whole, 0, length);
    return whole;
  }

  private void text(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private int status(MultipartForm limits) {
    byte[] whole = ended();
    return assertThrows(HttpError.class, () -> limits.decode(whole, TYPE)).status();
  }

  private static Request.Form decode(byte[] bytes) throws HttpError, IOException {
    return FORM.decode(bytes, TYPE);
  }
}
