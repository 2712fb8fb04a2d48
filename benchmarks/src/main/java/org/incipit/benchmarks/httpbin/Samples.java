package org.incipit.benchmarks.httpbin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.incipit.server.http.Response;

/** Documents that are always the same. */
final class Samples {
  private static final byte[] INDEX =
      """
      httpbin on Incipit's HTTP layer

      GET     /get /headers /ip /user-agent /cookies /html /json /gzip /sse /ws-echo
              /bytes/N /stream-bytes/N /stream/N /redirect/N
              /cookies/set?NAME=VALUE /cookies/delete?NAME
      POST    /post, and /echo or any other path for the body itself
      PUT     /put
      PATCH   /patch
      DELETE  /delete
      any     /anything /anything/... /status/CODE /delay/SECONDS
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] HTML =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head><meta charset="utf-8"><title>Incipit</title></head>
        <body>
          <h1>Incipit</h1>
          <p>The first words of a text, by which it was known before texts had titles; the first
          bars of a piece of music, by which it is found in a catalogue.</p>
        </body>
      </html>
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] JSON =
      """
      {
        "slideshow": {
          "title": "Fingerprints",
          "author": "Incipit",
          "date": "22 November 2026",
          "slides": [
            {"type": "all", "title": "What a recording sounds like"},
            {"type": "all", "title": "Steps", "items": ["resample", "transform", "classify"]}
          ]
        }
      }
      """
          .getBytes(StandardCharsets.UTF_8);

  private Samples() {}

  static void index(Response response) throws IOException {
    response.send("text/plain; charset=utf-8", INDEX);
  }

  static void html(Response response) throws IOException {
    response.send("text/html; charset=utf-8", HTML);
  }

  static void json(Response response) throws IOException {
    response.send("application/json", JSON);
  }
}
