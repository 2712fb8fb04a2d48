package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.incipit.fingerprint.Algorithm;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.http.netty.RawClient;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests with a few bytes changed: {@code -Dtests.n} of them on each store. */
class MutatedRequestsTest {
  private static final int REQUESTS = Integer.getInteger("tests.n", 2000);
  private static final long SEED = Long.getLong("tests.seed", 20_261_123);
  private static final Fingerprint TUNE = Tunes.tune(1, 160);
  private static final String PRINT = AcoustidServer.print(TUNE);
  private static final String BOUNDARY = "part";
  private static final UUID MBID = new UUID(7, 7);
  private static final List<String> PIECES =
      List.of(
          "&",
          "=",
          "%",
          "+",
          "%00",
          "%ff",
          "%ed%a0%80",
          ".0",
          ".99999999999999999999",
          "-1",
          "é",
          "&batch=1",
          "&format=xml",
          "&format=jsonp",
          "&meta=m2+usermeta+releases",
          "&mbid=x",
          "&duration=1e9",
          "&duration=9223372036854775808",
          "&fingerprint.1=AQAA&duration.1=1",
          "&trackid=" + MBID,
          "&foreignid=a:%00b",
          "&year=-5",
          "&bitrate=99999999999");
  private static final String ENTRY = "&trackid.%1$d=&duration.%1$d=20&fingerprint.%1$d=" + PRINT;
  private static final String GIANT =
      AcoustidServer.print(Fingerprint.of(Algorithm.DEFAULT, new int[30_000]));
  private static final List<String> FORMS =
      List.of(
          "batch=1" + ("&mbid=" + MBID).repeat(101) + Query.mbids(1000),
          "client=x&batch=1&meta=m2+usermeta" + entries("&trackid.%d=" + MBID, 100),
          "client=x&batch=1" + entries(ENTRY, 21),
          "client=" + "x".repeat(101) + "&user=y&duration=20&fingerprint=" + PRINT,
          "client=x&user=y&duration=20&fingerprint=" + GIANT,
          "client=x&duration=20&fingerprint=" + GIANT,
          "client=x&duration=20&meta=recordings+usermeta&fingerprint=" + PRINT,
          "client=x&batch=1&duration.0=20&fingerprint.0=" + PRINT + "&trackid.1=" + MBID,
          "client=x&user=y&duration.0=20&mbid.0=" + MBID + "&track.0=a%20b&fingerprint.0=" + PRINT,
          "client=x&user=y&duration=20&year=1999&foreignid=a:b&bitrate=320&fingerprint=" + PRINT,
          "client=x&id=1&id=2",
          "mbid=" + MBID + "&batch=1",
          "id=1",
          "puid=" + MBID,
          "user=y",
          "client=x");
  private static final List<String> PATHS =
      List.of(
          "track/list_by_mbid",
          "lookup",
          "lookup",
          "submit",
          "submit",
          "lookup",
          "lookup",
          "lookup",
          "submit",
          "submit",
          "submission_status",
          "track/list_by_mbid",
          "fingerprint",
          "track/list_by_puid",
          "user/lookup",
          "user/create_anonymous");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Store.class)
  void nothingThatIsSentIsMoreThanRefused(Store store) throws Exception {
    Random random = new Random(SEED);
    try (AcoustidServer server = new AcoustidServer(store, folder)) {
      server.track(TUNE, 20, MBID, "shelf:1", TextMetadata.NONE);
      int ok = 0;
      RawClient client = server.connect();
      for (int i = 0; i < REQUESTS; i++) {
        int kind = random.nextInt(FORMS.size());
        byte[] request = request(PATHS.get(kind), FORMS.get(kind), random);
        RawClient.Answer answer = client.send(request).read();
        String what = "seed " + SEED + ", request " + i + ": " + text(request);
        assertTrue(answer.status() < 500, answer + " to " + what);
        ok += answer.status() == 200 ? 1 : 0;
        if (answer.header("connection").equals("close")) {
          client.close();
          client = server.connect();
        }
      }
      client.close();
      assertTrue(ok > REQUESTS / 10, ok + " were not refused");
      assertEquals(200, server.get("/_health_ro").status());
    }
  }

  private static String entries(String each, int count) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < count; i++) {
      form.append(each.formatted(i));
    }
    return form.toString();
  }

  /** With right framing: what breaks that is tested where HTTP is. */
  private static byte[] request(String path, String form, Random random) throws Exception {
    StringBuilder changed = new StringBuilder(form);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(4)) {
        case 0 -> changed.setCharAt(at, (char) (33 + random.nextInt(94)));
        case 1 -> changed.delete(at, Math.min(changed.length() - 1, at + random.nextInt(9)));
        case 2 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        default -> changed.append(PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    String name = (random.nextInt(8) == 0 ? "/" : "") + path + (random.nextInt(8) == 0 ? "/" : "");
    return switch (random.nextInt(4)) {
      case 0 -> framed("GET", name + "?" + target(changed), "", new byte[0]);
      case 1 -> {
        String type = "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n";
        yield posted(name, type, parts(changed.toString(), random), random);
      }
      default -> {
        byte[] body = changed.toString().getBytes(StandardCharsets.UTF_8);
        yield posted(name, "Content-Type: " + AcoustidServer.FORM + "\r\n", body, random);
      }
    };
  }

  /** What may be in the line of a request: anything else is refused where HTTP is. */
  private static String target(CharSequence form) {
    return form.toString().replaceAll("[^!-~]|#", "%C3%A9");
  }

  /** The pairs as the parts of a form, a few of them with damage. */
  private static byte[] parts(String form, Random random) {
    StringBuilder body = new StringBuilder();
    FormText.read(
        form,
        (name, value) ->
            body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    body.append("--" + BOUNDARY + "--\r\n");
    if (random.nextInt(4) == 0) {
      body.setCharAt(random.nextInt(body.length()), (char) random.nextInt(256));
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] posted(String path, String type, byte[] plain, Random random)
      throws Exception {
    if (random.nextInt(4) != 0) {
      return framed("POST", path, type, plain);
    }
    byte[] body = AcoustidServer.gzip(plain);
    if (random.nextInt(4) == 0) {
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return framed("POST", path, type + "Content-Encoding: gzip\r\n", body);
  }

  private static byte[] framed(String method, String target, String headers, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        text(
                "%s /v2/%s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n",
                method, target, headers, body.length)
            .getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static String text(String format, Object... arguments) {
    return format.formatted(arguments);
  }

  private static String text(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1);
  }
}
