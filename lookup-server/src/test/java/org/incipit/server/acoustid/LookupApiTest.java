package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.acoustid.AcoustidServer.Reply;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lookups are answered, on both stores. */
class LookupApiTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 400);
  private static final Fingerprint OTHER = Tunes.tune(2, 400);
  private static final String ASKED =
      "client=x&duration=50&fingerprint=" + AcoustidServer.print(TUNE);
  private static final String LOOKUP = "/v2/lookup?" + ASKED;
  private static final UUID MBID = new UUID(7, 7);
  private static final UUID SECOND = new UUID(3, 3);
  private static final TextMetadata TEXT =
      new TextMetadata("Título", "Artist", "Album", "Artist", 4, 1, 1999);
  private static final TextMetadata BARE =
      new TextMetadata("Song", null, null, null, null, null, null);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Store.class)
  void aTrackIsFoundByEveryWayOfAsking(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID gid = server.track(TUNE, 50, MBID, null, TEXT);
      String found = "{\"results\":[{\"id\":\"" + gid + "\",\"score\":1.0}],\"status\":\"ok\"}";
      byte[] form = ASKED.getBytes(StandardCharsets.US_ASCII);
      String type = "Content-Type: " + AcoustidServer.FORM;
      assertEquals(found, server.get(LOOKUP).text());
      assertEquals(found, server.get("//v2//lookup/?" + ASKED).text());
      assertEquals(found, server.post("/v2/lookup", ASKED).text());
      assertEquals(found, server.post("/v2/lookup?client=y", ASKED).text());
      for (String method : List.of("PUT", "PATCH", "DELETE", "GET")) {
        assertEquals(found, server.send(method, "/v2/lookup", form, type).text(), method);
      }
      byte[] packed = AcoustidServer.gzip(form);
      assertEquals(
          found, server.send("POST", "/v2/lookup", packed, type, "Content-Encoding: gzip").text());
      assertEquals(
          found,
          server
              .send(
                  "POST",
                  "/v2/lookup",
                  multipart(),
                  "Content-Type: multipart/form-data; boundary=x")
              .text());
      Reply jsonp = server.get(LOOKUP + "&format=jsonp&jsoncallback=a.b");
      assertEquals("a.b(" + found + ")", jsonp.text());
      assertEquals("application/javascript; charset=UTF-8", jsonp.type());
      assertEquals("*", jsonp.headers().get("origin"));
      Reply head = server.send("HEAD", LOOKUP, new byte[0]);
      assertEquals("200 ", head.status() + " " + head.text());
      assertEquals(204, server.send("OPTIONS", LOOKUP, new byte[0]).status());
      assertEquals(
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><response><results><result><id>"
              + gid
              + "</id><score>1.0</score></result></results><status>ok</status></response>",
          server.get(LOOKUP + "&format=xml").text());
    }
  }

  private static byte[] multipart() {
    StringBuilder body = new StringBuilder();
    for (String pair : ASKED.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      body.append("--x\r\nContent-Disposition: form-data; name=\"")
          .append(parts[0])
          .append("\"\r\n\r\n")
          .append(parts[1])
          .append("\r\n");
    }
    return body.append("--x--\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void aBasePathIsBeforeAllPaths(Store store) throws Exception {
    AcoustidConfig config =
        new AcoustidConfig("/acoustid", false, true, 0, 0, 0, TrustedProxies.NONE);
    try (AcoustidServer server = new AcoustidServer(store, folder, config)) {
      assertEquals(200, server.get("/acoustid" + LOOKUP).status());
      Reply elsewhere = server.sendTo("Host: 127.0.0.1", "GET", LOOKUP, new byte[0]);
      assertEquals(404, elsewhere.status(), elsewhere.text());
      for (String health : List.of("_health", "_health_ro", "_health_docker")) {
        assertEquals("ok", server.get("/acoustid/" + health).text());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void metaSaysWhatIsToldOfATrack(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      server.track(TUNE, 50, MBID, "shelf:A 1", TEXT);
      server.again(TUNE, 50, MBID, BARE);
      server.again(TUNE, 50, SECOND, BARE);
      String ids = "{\"id\":\"" + SECOND + "\"},{\"id\":\"" + MBID + "\"}";
      String sources =
          ids.replace("3\"}", "3\",\"sources\":1}").replace("7\"}", "7\",\"sources\":2}");
      for (String meta :
          List.of(
              "recordings",
              "recordingids",
              "isrcs",
              "1",
              "2",
              "m2",
              "recordings+releasegroups+releases+tracks+compress",
              "recordings%2Breleases",
              "releases,recordings")) {
        assertEquals("\"recordings\":[" + ids + "],", told(server, meta), meta);
      }
      assertEquals("\"recordings\":[" + sources + "],", told(server, "recordings+sources"));
      for (String meta :
          List.of(
              "",
              "0",
              "nonsense",
              "releases",
              "releaseids",
              "releasegroups",
              "releasegroupids",
              "tracks+sources+usermeta+compress",
              "usermeta")) {
        assertEquals("", told(server, meta), meta);
      }
      assertEquals("\"foreignids\":[\"shelf:A 1\"],", told(server, "foreignids"));
      String song = "{\"title\":\"Song\"}";
      String artist = "\"artists\":[{\"name\":\"Artist\"}],";
      String title = "\"title\":\"T\\u00edtulo\"}";
      assertEquals(
          "\"recordings\":[" + ids + "," + song + ",{" + artist + title + "],",
          told(server, "recordings+usermeta"));
      assertEquals("\"recordings\":[" + ids + "],", told(server, "recordingids+usermeta"));
      String album = "{" + artist + "\"date\":{\"year\":1999},\"title\":\"Album\"}";
      assertEquals("\"releases\":[" + album + "],", told(server, "releases+usermeta"));
      assertEquals(
          "\"recordings\":["
              + ids
              + ","
              + song
              + ",{"
              + artist
              + "\"releases\":["
              + album
              + "],"
              + title
              + "],",
          told(server, "recordings+releases+usermeta"));
      String group = "{" + artist + "\"title\":\"Album\"}";
      assertEquals("\"releasegroups\":[" + group + "],", told(server, "releasegroups+usermeta"));
      assertEquals(
          "\"releasegroups\":["
              + group.replace("\"title", "\"releases\":[" + album + "],\"title")
              + "],",
          told(server, "releasegroups+releases+usermeta"));
      String medium = "{\"position\":1,\"tracks\":[{\"position\":4,\"title\":\"T\\u00edtulo\"}]}";
      assertEquals(
          "\"releases\":["
              + album.replace("\"title", "\"mediums\":[" + medium + "],\"title")
              + "],",
          told(server, "releases+tracks+usermeta"));
      String shortGroup = "{\"releases\":[{\"date\":{\"year\":1999}}],\"title\":\"Album\"}";
      assertEquals(
          "\"recordings\":["
              + ids
              + ","
              + song
              + ",{"
              + artist
              + "\"releasegroups\":["
              + shortGroup
              + "],"
              + title
              + "],",
          told(server, "recordings+releasegroups+releases+compress+usermeta"));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void mediumsHaveNoEmptyTracks(Store store) throws Exception {
    TextMetadata bare = new TextMetadata("Song", null, "Album", null, null, null, null);
    TextMetadata disc = new TextMetadata(null, null, "Album", null, null, 2, null);
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      server.track(TUNE, 50, null, null, bare);
      String compressed = "releases+tracks+compress+usermeta";
      String album = "\"title\":\"Album\"}],";
      assertEquals("\"releases\":[{\"mediums\":[]," + album, told(server, compressed));
      assertEquals(
          "\"releases\":[{\"mediums\":[{\"tracks\":[{\"title\":\"Song\"}]}]," + album,
          told(server, "releases+tracks+usermeta"));
      server.again(TUNE, 50, null, disc);
      server.again(TUNE, 50, null, disc);
      assertEquals(
          "\"releases\":[{\"mediums\":[{\"position\":2,\"tracks\":[]}]," + album,
          told(server, compressed));
    }
  }

  /** What is between the beginning and the end of the only result; ids come first or last. */
  private static String told(AcoustidServer server, String meta) throws IOException {
    String text = server.get(LOOKUP + "&meta=" + meta).text();
    Object id = Json.at(Json.parse(text), "results", 0, "id");
    String whole = text.replace("{\"results\":[{", "").replace("}],\"status\":\"ok\"}", "");
    return whole.replace("\"id\":\"" + id + "\",", "").replace("\"score\":1.0", "");
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void tracksAreToldByTheirIdsAsTheyWereSent(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID gid = server.track(TUNE, 50, MBID, null, BARE);
      String sent = gid.toString().toUpperCase(java.util.Locale.ROOT);
      Reply reply = server.get("/v2/lookup?client=x&meta=recordingids&trackid=" + sent);
      assertEquals(sent, reply.at("results", 0, "id"));
      assertEquals("1.0", reply.at("results", 0, "score").toString());
      assertEquals(MBID.toString(), reply.at("results", 0, "recordings", 0, "id"));
      Reply unknown = server.get("/v2/lookup?client=x&trackid=" + MBID);
      assertEquals("{\"results\":[],\"status\":\"ok\"}", unknown.text());
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void aBatchIsAnsweredByItsSuffixes(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      UUID first = server.track(TUNE, 50, MBID, null, BARE);
      UUID second = server.track(OTHER, 50, null, null, BARE);
      String batch =
          "client=x&batch=1&fingerprint.9="
              + AcoustidServer.print(TUNE)
              + "&duration.9=50.9"
              + "&fingerprint="
              + AcoustidServer.print(OTHER)
              + "&duration=44"
              + "&trackid.4="
              + first
              + "&fingerprint.5="
              + AcoustidServer.print(TUNE)
              + "&duration.5=58"
              + "&fingerprint.6=bad&duration.6=5";
      Reply reply = server.post("/v2/lookup", batch);
      assertNull(reply.at("fingerprints", 0, "index"));
      assertEquals(second.toString(), reply.at("fingerprints", 0, "results", 0, "id"));
      assertEquals(4, reply.at("fingerprints", 1, "index"));
      assertEquals(first.toString(), reply.at("fingerprints", 1, "results", 0, "id"));
      assertEquals(5, reply.at("fingerprints", 2, "index"));
      assertEquals(List.of(), reply.at("fingerprints", 2, "results"));
      assertEquals(9, reply.at("fingerprints", 3, "index"));
      assertEquals(first.toString(), reply.at("fingerprints", 3, "results", 0, "id"));
      assertNull(reply.at("fingerprints", 4));
      assertTrue(
          server
              .post("/v2/lookup", batch + "&format=xml")
              .text()
              .contains("<fingerprints><fingerprint><index></index><results><result>"));
      Reply wider = server.post("/v2/lookup", batch + "&maxdurationdiff=8");
      assertEquals(first.toString(), wider.at("fingerprints", 2, "results", 0, "id"));
    }
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void longRequestLinesAreTaken(Store store) throws Exception {
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      String print = AcoustidServer.print(Tunes.tune(5, 29_000));
      assertTrue(print.length() > 110_000, "length " + print.length());
      Reply reply = server.get("/v2/lookup?client=x&duration=3600&fingerprint=" + print);
      assertEquals("{\"results\":[],\"status\":\"ok\"}", reply.text());
    }
  }
}
