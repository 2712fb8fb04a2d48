package org.incipit.server.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.incipit.server.http.FakeRequest;
import org.incipit.server.http.FakeResponse;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.junit.jupiter.api.Test;

class CompressionTest {
  private static final String TEXT = "the same again ".repeat(100);
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
  private static final Handler WHOLE = (_, response) -> response.send("application/json", BYTES);

  private final Compression compression = new Compression(1000);

  @Test
  void aLongTextIsPackedForWhoTakesGzip() throws Exception {
    FakeResponse response = answer(Method.GET, "deflate, gzip;q=0.5", WHOLE);
    assertEquals("gzip", response.header("Content-Encoding"));
    assertEquals("Accept-Encoding", response.header("Vary"));
    assertTrue(response.bytes().length < 200);
    assertEquals(TEXT, unpacked(response));
  }

  @Test
  void aStreamIsPackedAndWhatIsFlushedCanBeRead() throws Exception {
    FakeResponse response = new FakeResponse();
    Handler handler =
        (_, answer) -> {
          answer.header("Content-Type", "text/plain").header("Content-Length", "3000");
          OutputStream out = answer.output();
          out.write(BYTES);
          out.flush();
          assertEquals(TEXT, firstOf(response));
          answer.output().write(BYTES);
        };
    compression.handle(request(Method.GET, "gzip"), response, handler);
    assertEquals(TEXT + TEXT, unpacked(response));
    assertNull(response.header("Content-Length"));
  }

  @Test
  void aStreamThatBreaksOffHasNoEnd() throws Exception {
    FakeResponse response = new FakeResponse();
    Handler handler =
        (_, answer) -> {
          answer.header("Content-Type", "text/plain").output().write(BYTES);
          answer.output().flush();
          throw new HttpError(503, "no more");
        };
    assertThrows(
        HttpError.class, () -> compression.handle(request(Method.GET, "gzip"), response, handler));
    assertThrows(EOFException.class, () -> unpacked(response));
  }

  @Test
  void whatMustNotOrNeedNotBePackedIsLeftAlone() throws Exception {
    byte[] few = new byte[999];
    untouched(answer(Method.HEAD, "gzip", WHOLE));
    untouched(answer(Method.GET, "gzip", (_, r) -> r.send("text/plain", few)));
    untouched(answer(Method.GET, "gzip", (_, r) -> r.send("image/png", BYTES)));
    untouched(answer(Method.GET, "gzip", (_, r) -> r.output().write(BYTES)));
    untouched(answer(Method.GET, "gzip", (_, r) -> r.status(206).send("text/plain", BYTES)));
    for (String header : List.of("Content-Encoding", "Content-Range", "ETag")) {
      Handler handler = (_, r) -> r.header(header, "br").send("text/plain", BYTES);
      FakeResponse response = answer(Method.GET, "gzip", handler);
      assertEquals(BYTES.length, response.bytes().length, header);
      assertEquals("br", response.header(header));
    }
  }

  @Test
  void anAnswerWithoutABodyKeepsItsLength() throws Exception {
    Handler handler = (_, r) -> r.status(304).header("Content-Length", "7");
    assertEquals("7", answer(Method.GET, "gzip", handler).header("Content-Length"));
  }

  @Test
  void whetherGzipIsTakenFollowsTheWeights() {
    for (String yes :
        List.of("gzip", "x-gzip", "*", "GZIP;Q=1.0", "br, gzip ; q=0.001", "*;q=0.5")) {
      assertTrue(Compression.takesGzip(List.of(yes)), yes);
    }
    for (String no :
        List.of(
            "",
            "br",
            "gzip;q=0",
            "*, gzip;q=0.000",
            "*;q=0",
            "gzip;q=x",
            "gzip;q=2",
            "identity, gzip;q=0.5")) {
      assertTrue(!Compression.takesGzip(List.of(no)), no);
    }
    assertTrue(Compression.takesGzip(List.of("br", "gzip")));
    assertTrue(!Compression.takesGzip(List.of()));
  }

  private static void untouched(FakeResponse response) {
    assertNull(response.header("Content-Encoding"));
  }

  private FakeResponse answer(Method method, String accepted, Handler handler) throws Exception {
    FakeResponse response = new FakeResponse();
    compression.handle(request(method, accepted), response, handler);
    return response;
  }

  private static FakeRequest request(Method method, String accepted) {
    return new FakeRequest(method, "/").with("Accept-Encoding", accepted);
  }

  private static String unpacked(FakeResponse response) throws IOException {
    var in = new GZIPInputStream(new ByteArrayInputStream(response.bytes()));
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String firstOf(FakeResponse response) throws IOException {
    var in = new GZIPInputStream(new ByteArrayInputStream(response.bytes()));
    return new String(in.readNBytes(BYTES.length), StandardCharsets.UTF_8);
  }
}
