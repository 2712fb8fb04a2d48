package org.incipit.benchmarks.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.incipit.fingerprint.codec.FingerprintCodec;

/**
 * Requests that are nearly right: by seed, lookups and submissions with something wrong in them.
 */
final class Mutations {
  private static final List<String> PATHS =
      List.of(AcoustId.LOOKUP, AcoustId.LOOKUP, AcoustId.LOOKUP, AcoustId.SUBMIT);
  private static final List<String> STRANGE_PATHS =
      List.of(
          "/v2/lookup/",
          "//v2//submit",
          "/v2/submission_status",
          "/v2/fingerprint",
          "/v2/track/list_by_mbid",
          "/v2/user/lookup",
          "/v2/user/create_anonymous",
          "/v2/%6cookup",
          "/v2/lookup%00",
          "/v2/../v2/lookup",
          "/v2/nothing",
          "/v2/track/list_by_puid");
  private static final List<String> NAMES =
      List.of(
          "client",
          "user",
          "format",
          "jsoncallback",
          "clientversion",
          "duration",
          "fingerprint",
          "trackid",
          "meta",
          "maxdurationdiff",
          "batch",
          "mbid",
          "puid",
          "foreignid",
          "bitrate",
          "fileformat",
          "track",
          "artist",
          "album",
          "albumartist",
          "year",
          "trackno",
          "discno",
          "wait",
          "id",
          "duration.0",
          "fingerprint.0",
          "fingerprint.99999999999999999999",
          "duration.-1",
          "fingerprint.01",
          "fingerprint.",
          "trackid.2147483648",
          "disabled");
  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "-1",
          "46.6",
          "1e3",
          "NaN",
          "2147483648",
          "9223372036854775808",
          "32768",
          "json",
          "xml",
          "jsonp",
          "yaml",
          "recordings releasegroups releases tracks compress",
          "recordings+usermeta",
          "recordings,sources",
          "2",
          "m2",
          "a.b.c",
          "alert(1)",
          "v:x",
          "00000000-0000-0000-0000-000000000000",
          "e2e6c3a1-6d1c-4a52-9a0f-7e3d3f6b1c55",
          "not-a-uuid",
          "\u0000",
          "\r\nX: y",
          "\ud83c\udfb5 ]]>&<\"'",
          "AQAAAA",
          "AQAAA",
          "____",
          "AgAAAQ",
          "%",
          "%zz",
          "+");

  private final Recordings recordings = new Recordings();

  /**
   * A request.
   *
   * @param bytes of all of it
   * @param isWhole whether the server can tell where it ends, so that the connection goes on
   */
  record Request(ByteBuffer bytes, boolean isWhole) {}

  /** Request {@code seed}. */
  Request request(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Numbers below 2000 are stored by good submissions among these, and then found.
    List<String[]> fields = good(random);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      change(fields, random);
    }
    String path = one(random.nextInt(20) == 0 ? STRANGE_PATHS : PATHS, random);
    return switch (random.nextInt(6)) {
      case 0 -> framed("GET", path + "?" + form(fields, random), "", new byte[0], random);
      case 1 -> multipart(path, fields, random);
      case 2 -> gzipped(path, fields, random);
      default ->
          framed(
              "POST",
              path,
              "Content-Type: application/x-www-form-urlencoded"
                  + one(List.of("", "; charset=UTF-8", "; charset=nonsense"), random),
              form(fields, random).getBytes(StandardCharsets.UTF_8),
              random);
    };
  }

  private List<String[]> good(SplittableRandom random) {
    List<String[]> fields = new ArrayList<>();
    fields.add(new String[] {"client", "drivers12"});
    fields.add(new String[] {"user", "drivers12"});
    int entries = random.nextInt(10) == 0 ? random.nextInt(200) : 1 + random.nextInt(2);
    for (int i = 0; i < entries; i++) {
      String suffix = entries == 1 ? "" : "." + i;
      long number = random.nextInt(2000);
      String fingerprint = FingerprintCodec.encode(recordings.of(number));
      fields.add(new String[] {"duration" + suffix, "" + Recordings.duration(number)});
      fields.add(new String[] {"fingerprint" + suffix, fingerprint(fingerprint, random)});
    }
    return fields;
  }

  /** As it is, mostly; or with letters changed, cut off, doubled. */
  private static String fingerprint(String text, SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> text.substring(0, random.nextInt(text.length()));
      case 1 -> text + text.substring(random.nextInt(text.length()));
      case 2, 3 -> {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
          // The first bytes are the header: algorithm and length.
          int at = random.nextInt(random.nextBoolean() ? 6 : changed.length());
          changed.setCharAt(
              at, (char) (random.nextInt(6) == 0 ? random.nextInt(256) : 'A' + random.nextInt(26)));
        }
        yield changed.toString();
      }
      default -> text;
    };
  }

  private static void change(List<String[]> fields, SplittableRandom random) {
    int at = random.nextInt(fields.size());
    switch (random.nextInt(6)) {
      case 0 -> fields.set(at, new String[] {fields.get(at)[0], one(VALUES, random)});
      case 1 -> fields.set(at, new String[] {one(NAMES, random), fields.get(at)[1]});
      case 2 -> fields.add(new String[] {one(NAMES, random), one(VALUES, random)});
      case 3 -> {
        if (fields.size() > 1) {
          fields.remove(at);
        }
      }
      case 4 -> {
        for (int i = random.nextInt(1200); i > 0; i--) {
          fields.add(new String[] {one(NAMES, random) + "." + i, one(VALUES, random)});
        }
      }
      default -> {
        String much = one(VALUES, random).repeat(random.nextInt(3000));
        fields.add(new String[] {one(NAMES, random), much});
      }
    }
  }

  private static String form(List<String[]> fields, SplittableRandom random) {
    StringBuilder form = new StringBuilder();
    for (String[] field : fields) {
      form.append(form.isEmpty() ? "" : "&").append(encoded(field[0], random));
      form.append('=').append(encoded(field[1], random));
    }
    return form.toString();
  }

  private static String encoded(String text, SplittableRandom random) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return switch (random.nextInt(40)) {
      case 0 -> encoded.replace("%", "%2");
      case 1 -> encoded.replace("A", "%41");
      case 2 -> URLEncoder.encode(text, StandardCharsets.UTF_16);
      case 3 -> encoded + "%C3%28%FF";
      default -> encoded;
    };
  }

  private static Request multipart(String path, List<String[]> fields, SplittableRandom random) {
    StringBuilder body = new StringBuilder();
    for (String[] field : fields) {
      body.append("--edge\r\nContent-Disposition: form-data; name=\"").append(field[0]).append('"');
      body.append(random.nextInt(10) == 0 ? "; filename=\"a\"\r\nContent-Type: x/y" : "");
      body.append("\r\n\r\n").append(field[1]).append("\r\n");
    }
    body.append(one(List.of("--edge--\r\n", "--edge--\r\n", "--edg", ""), random));
    String type =
        one(List.of("; boundary=edge", "; boundary=edge", "; boundary=", "; boundary=\"x"), random);
    return framed(
        "POST",
        path,
        "Content-Type: multipart/form-data" + type,
        body.toString().getBytes(StandardCharsets.UTF_8),
        random);
  }

  private static Request gzipped(String path, List<String[]> fields, SplittableRandom random) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(form(fields, random).getBytes(StandardCharsets.UTF_8));
      if (random.nextInt(20) == 0) {
        gzip.write(new byte[random.nextInt(1 << 22)]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] body = packed.toByteArray();
    if (random.nextInt(4) == 0) {
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return framed(
        "POST",
        path,
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: gzip",
        body,
        random);
  }

  /** Head and body; sometimes the length is wrong, or the end is missing. */
  private static Request framed(
      String method, String target, String headers, byte[] body, SplittableRandom random) {
    int kind = random.nextInt(40);
    int length = kind == 0 ? random.nextInt(2 * body.length + 2) : body.length;
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    head.append(headers).append(headers.isEmpty() ? "" : "\r\n");
    if (kind == 1) {
      head.append("X-Long: ").repeat('x', random.nextInt(100_000)).append("\r\n");
    }
    head.append("Content-Length: ").append(length).append("\r\n\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.UTF_8);
    int end = first.length + body.length;
    int kept = kind == 2 ? random.nextInt(end) : end;
    byte[] bytes = new byte[kept];
    System.arraycopy(first, 0, bytes, 0, Math.min(kept, first.length));
    System.arraycopy(
        body, 0, bytes, Math.min(kept, first.length), Math.max(0, kept - first.length));
    return new Request(ByteBuffer.wrap(bytes), kind > 2 && length == body.length);
  }

  private static <T> T one(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
