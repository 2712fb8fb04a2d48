package org.incipit.benchmarks.httpbin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Parameters;
import org.incipit.server.http.Request;
import org.incipit.server.http.Request.Form;
import org.incipit.server.http.Response;
import org.incipit.server.http.Upload;

/** Requests, written down in the shape that httpbin.org gives them. */
final class RequestReport {
  private static final JsonFactory JSON = new JsonFactory();

  private final Request request;
  private final JsonGenerator json;

  private RequestReport(Request request, JsonGenerator json) {
    this.request = request;
    this.json = json;
  }

  /** Writes fields into an object that is open. */
  @FunctionalInterface
  private interface Fields {
    void write(RequestReport report) throws HttpError, IOException;
  }

  private static byte[] report(Request request, boolean pretty, Fields fields)
      throws HttpError, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      if (pretty) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      json.writeStartObject();
      fields.write(new RequestReport(request, json));
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private static void send(Request request, Response response, Fields fields)
      throws HttpError, IOException {
    response.send("application/json", report(request, true, fields));
  }

  /** What a request without a body is answered with. */
  static void inShort(Request request, Response response) throws HttpError, IOException {
    send(
        request,
        response,
        report -> {
          report.args();
          report.headers();
          report.from();
        });
  }

  /** The same with what the body holds. */
  static void full(Request request, Response response) throws HttpError, IOException {
    send(
        request,
        response,
        report -> {
          report.args();
          report.body();
          report.headers();
          report.from();
        });
  }

  /** The same with the method. */
  static void anything(Request request, Response response) throws HttpError, IOException {
    send(
        request,
        response,
        report -> {
          report.args();
          report.body();
          report.headers();
          report.json.writeStringField("method", request.method().name());
          report.from();
        });
  }

  static void headers(Request request, Response response) throws HttpError, IOException {
    send(request, response, RequestReport::headers);
  }

  static void ip(Request request, Response response) throws HttpError, IOException {
    send(
        request,
        response,
        report -> report.json.writeStringField("origin", request.remoteAddress()));
  }

  static void userAgent(Request request, Response response) throws HttpError, IOException {
    String agent = request.headers().first("User-Agent");
    send(request, response, report -> report.json.writeStringField("user-agent", agent));
  }

  static void cookies(Request request, Response response) throws HttpError, IOException {
    send(
        request,
        response,
        report -> {
          report.json.writeObjectFieldStart("cookies");
          for (Map.Entry<String, List<String>> cookie : request.cookies().asMap().entrySet()) {
            report.json.writeStringField(cookie.getKey(), cookie.getValue().getFirst());
          }
          report.json.writeEndObject();
        });
  }

  /** Packed, whether the other side wants that or not. */
  static void packed(Request request, Response response) throws HttpError, IOException {
    byte[] plain =
        report(
            request,
            true,
            report -> {
              report.json.writeBooleanField("gzipped", true);
              report.headers();
              report.json.writeStringField("method", request.method().name());
              report.json.writeStringField("origin", request.remoteAddress());
            });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    response.header("Content-Encoding", "gzip").send("application/json", bytes.toByteArray());
  }

  /** One line of a stream, its end included. */
  static byte[] line(Request request, long id) throws HttpError, IOException {
    return report(
        request,
        false,
        report -> {
          report.json.writeNumberField("id", id);
          report.args();
          report.headers();
          report.from();
        });
  }

  private void args() throws HttpError, IOException {
    values("args", request.query());
  }

  private void headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach((name, value) -> headers.merge(titled(name), value, (a, b) -> a + "," + b));
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      json.writeStringField(header.getKey(), header.getValue());
    }
    json.writeEndObject();
  }

  private void from() throws IOException {
    String host = request.headers().first("Host");
    String query = request.queryString();
    json.writeStringField("origin", request.remoteAddress());
    json.writeStringField(
        "url",
        (request.isSecure() ? "https://" : "http://")
            + (host == null ? "" : host)
            + request.path()
            + (query.isEmpty() ? "" : "?" + query));
  }

  private void body() throws HttpError, IOException {
    if (isForm()) {
      Form form = request.form();
      json.writeStringField("data", "");
      values("form", form.fields());
      files(form.files());
      json.writeNullField("json");
      return;
    }
    byte[] body = request.body();
    json.writeStringField("data", text(body));
    values("form", Parameters.NONE);
    files(List.of());
    json.writeFieldName("json");
    if (isJson(body)) {
      try (JsonParser parser = JSON.createParser(body)) {
        parser.nextToken();
        json.copyCurrentStructureExact(parser);
      }
    } else {
      json.writeNull();
    }
  }

  private boolean isForm() {
    String type = request.headers().first("Content-Type");
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return request.hasBody()
        && (lower.startsWith("application/x-www-form-urlencoded")
            || lower.startsWith("multipart/form-data"));
  }

  private void values(String field, Parameters parameters) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, List<String>> each : parameters.asMap().entrySet()) {
      json.writeFieldName(each.getKey());
      oneOrMore(each.getValue());
    }
    json.writeEndObject();
  }

  private void files(List<Upload> files) throws IOException {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (Upload file : files) {
      byName.computeIfAbsent(file.name(), _ -> new ArrayList<>()).add(text(file.content()));
    }
    json.writeObjectFieldStart("files");
    for (Map.Entry<String, List<String>> each : byName.entrySet()) {
      json.writeFieldName(each.getKey());
      oneOrMore(each.getValue());
    }
    json.writeEndObject();
  }

  private void oneOrMore(List<String> values) throws IOException {
    if (values.size() == 1) {
      json.writeString(values.getFirst());
    } else {
      json.writeArray(values.toArray(String[]::new), 0, values.size());
    }
  }

  /** As text, or as a data URL if it is none. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(bytes);
    }
  }

  /** Whether it is one value in JSON, and nothing else. */
  private static boolean isJson(byte[] bytes) throws IOException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** In the case that header names have by custom: each word begins with a capital letter. */
  private static String titled(String name) {
    StringBuilder titled = new StringBuilder(name.length());
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      titled.append(first ? Character.toUpperCase(c) : Character.toLowerCase(c));
      first = c == '-';
    }
    return titled.toString();
  }
}
