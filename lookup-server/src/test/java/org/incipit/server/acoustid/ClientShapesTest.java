package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What AcoustID's clients ask, and what they require of an answer, on both stores. */
@ParameterizedClass
@EnumSource(Store.class)
class ClientShapesTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 400);
  private static final String PRINT = AcoustidServer.print(TUNE);
  private static final UUID MBID = new UUID(7, 7);
  private static final String FORM = "Content-Type: " + AcoustidServer.FORM;

  @Parameter Store store;
  @TempDir Path folder;
  private AcoustidServer server;
  private UUID gid;

  @BeforeEach
  void serve() throws Exception {
    server = new AcoustidServer(store, folder);
    TextMetadata text = new TextMetadata("Song", "Artist", "Album", null, 1, 1, 1999);
    gid = server.track(TUNE, 50, MBID, null, text);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void pyacoustidParsesTheResults() throws Exception {
    byte[] form =
        utf8("format=json&client=x&duration=50&fingerprint=" + PRINT + "&meta=recordings");
    Reply reply =
        server.send(
            "POST",
            "/v2/lookup",
            AcoustidServer.gzip(form),
            FORM,
            "Content-Encoding: gzip",
            "Accept-Encoding: gzip");
    assertEquals("ok", reply.at("status"));
    for (Object result : (List<?>) reply.at("results")) {
      assertInstanceOf(Number.class, Json.at(result, "score"));
      for (Object recording : (List<?>) Json.at(result, "recordings")) {
        assertTrue(((Map<?, ?>) recording).containsKey("id"));
        requireObjects(Json.at(recording, "artists"), "name");
      }
    }
    Reply refused = server.post("/v2/lookup", "format=json&client=x&duration=50&fingerprint=");
    assertEquals("error", refused.at("status"));
    assertInstanceOf(String.class, refused.at("error", "message"));
    assertInstanceOf(Integer.class, refused.at("error", "code"));
  }

  @Test
  void pyacoustidSubmitsAndAsksWhatBecameOfIt() throws Exception {
    byte[] form =
        utf8(
            "format=json&client=x&user=y&duration.0=50&fingerprint.0="
                + PRINT
                + "&mbid.0="
                + MBID
                + "&track.0=S&artist.0=A&wait=1");
    Reply reply =
        server.send(
            "POST", "/v2/submit", AcoustidServer.gzip(form), FORM, "Content-Encoding: gzip");
    Object id = reply.at("submissions", 0, "id");
    assertInstanceOf(Number.class, id);
    Reply status = server.post("/v2/submission_status", "format=json&client=x&id=" + id);
    assertEquals("pending", status.at("submissions", 0, "status"));
  }

  @Test
  void beetsTakesTheFirstResultAndItsRecordingsAndReleases() throws Exception {
    Reply reply =
        server.post(
            "/v2/lookup",
            "format=json&client=1vOwZtEn&duration=50&fingerprint="
                + PRINT
                + "&meta=recordings+releases");
    assertTrue(((Number) reply.at("results", 0, "score")).doubleValue() >= 0.5);
    assertEquals(gid.toString(), reply.at("results", 0, "id"));
    assertEquals(MBID.toString(), reply.at("results", 0, "recordings", 0, "id"));
    requireObjects(reply.at("results", 0, "recordings", 0, "releases"), "id");
  }

  @Test
  void picardReadsTheAnswer() throws Exception {
    Reply reply =
        server.post(
            "/v2/lookup",
            "meta=recordings%20releasegroups%20releases%20tracks%20compress%20sources&fingerprint="
                + PRINT
                + "&duration=50&client=v8pQ6oyB&clientversion=2.8.5.final0&format=json");
    assertEquals("ok", reply.at("status"));
    for (Object result : (List<?>) reply.at("results")) {
      assertInstanceOf(String.class, Json.at(result, "id"));
      assertInstanceOf(Number.class, Json.at(result, "score"));
      for (Object recording : (List<?>) Json.at(result, "recordings")) {
        assertInstanceOf(String.class, Json.at(recording, "id"));
        assertTrue((Integer) Json.at(recording, "sources") >= 1);
        // With a title all else would have to be there; without one it asks MusicBrainz.
        assertEquals(List.of("id", "sources"), List.copyOf(((Map<?, ?>) recording).keySet()));
      }
    }
  }

  @Test
  void picardMakesItsBatchesSmallerIfTheyAreTooLarge() throws Exception {
    StringBuilder form = new StringBuilder("client=v8pQ6oyB&user=y&format=json");
    for (int i = 0; form.length() < 1 << 20; i++) {
      form.append("&fingerprint.").append(i).append('=').append(PRINT);
      form.append("&duration.").append(i).append("=50&mbid.").append(i).append('=').append(MBID);
    }
    assertEquals(413, server.post("/v2/submit", form.toString()).status());
    int end = form.lastIndexOf("&fingerprint", (int) (0.7 * form.length()));
    Reply reply = server.post("/v2/submit", form.substring(0, end));
    assertEquals(200, reply.status());
    assertEquals("pending", reply.at("submissions", 200, "status"));
  }

  /** 2.8.5 dies of 413, so that its batches have to be taken as they are. */
  @Test
  void picardSendsAMegabyteOfShortFilesAtOnce() throws Exception {
    String print = AcoustidServer.print(Tunes.tune(2, 90));
    StringBuilder form = new StringBuilder("user=y");
    int entries = 0;
    for (; form.length() < 1_000_000; entries++) {
      form.append("&fingerprint.").append(entries).append('=').append(print);
      form.append("&duration.").append(entries).append("=14&track.").append(entries);
      form.append("=Named%204444&artist.").append(entries).append("=Hedgewars&album.");
      form.append(entries).append("=%5Bstandalone%20recordings%5D");
    }
    form.append("&client=v8pQ6oyB&clientversion=2.8.5.final0&format=json");
    assertTrue(entries > 1500, entries + " entries");
    Reply reply = server.post("/v2/submit", form.toString());
    assertEquals(200, reply.status(), reply.text());
    assertEquals(entries, ((List<?>) reply.at("submissions")).size());
    assertEquals(entries, server.catalog.submissions().queue().length());
  }

  @Test
  void lidarrFindsItsFilesByTheirNumbers() throws Exception {
    byte[] form =
        utf8(
            "client=QANd68ji1L&format=json&batch=1&meta=recordingids&duration.0=50&fingerprint.0="
                + AcoustidServer.print(Tunes.tune(9, 300))
                + "&duration.1=50.3&fingerprint.1="
                + PRINT);
    Reply reply =
        server.send(
            "POST", "/v2/lookup", AcoustidServer.gzip(form), FORM, "Content-Encoding: gzip");
    assertEquals(200, reply.status());
    for (int i = 0; i < 2; i++) {
      assertEquals(i, reply.at("fingerprints", i, "index"));
    }
    assertEquals(List.of(), reply.at("fingerprints", 0, "results"));
    assertEquals(MBID.toString(), reply.at("fingerprints", 1, "results", 0, "recordings", 0, "id"));
  }

  @Test
  void acoustidNetReadsXml() throws Exception {
    String query = "client=x&format=xml&duration=50&meta=recordings+usermeta&fingerprint=" + PRINT;
    byte[] form = utf8(query);
    Reply reply =
        server.send(
            "POST", "/v2/lookup", AcoustidServer.gzip(form), FORM, "Content-Encoding: gzip");
    assertTrue(reply.text().startsWith("<?xml"));
    Document answer = xml(reply);
    assertEquals("ok", text(answer, "status"));
    assertEquals(1.0, Double.parseDouble(text(answer, "score")));
    Element recordings = (Element) answer.getElementsByTagName("recordings").item(0);
    assertEquals(2, recordings.getElementsByTagName("recording").getLength());
    assertEquals("Artist", text(answer, "name"));
    Reply submitted =
        server.post(
            "/v2/submit", "client=x&user=y&format=xml&duration.0=50&fingerprint.0=" + PRINT);
    assertTrue(Integer.parseInt(text(xml(submitted), "id")) > 0);
    assertEquals(0, Integer.parseInt(text(xml(submitted), "index")));
    Reply refused = server.get("/v2/lookup?format=xml&client=x");
    assertEquals("error", text(xml(refused), "status"));
    assertEquals("2", text(xml(refused), "code"));
    assertFalse(text(xml(refused), "message").isEmpty());
  }

  private static void requireObjects(Object list, String key) {
    if (list != null) {
      for (Object one : (List<?>) list) {
        assertTrue(((Map<?, ?>) one).containsKey(key), list.toString());
      }
    }
  }

  private static String text(Document document, String name) {
    return document.getElementsByTagName(name).item(0).getTextContent();
  }

  private static Document xml(Reply reply) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(utf8(reply.text())));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
