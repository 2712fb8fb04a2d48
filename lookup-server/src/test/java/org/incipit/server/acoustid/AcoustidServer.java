package org.incipit.server.acoustid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.fingerprint.match.QueryExtractor;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.FeedHead;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.Submission;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.Store;
import org.incipit.server.fpindex.ErrorBodies;
import org.incipit.server.fpindex.IndexApi;
import org.incipit.server.fpindex.SearchThreads;
import org.incipit.server.http.Router;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.http.netty.RawClient;
import org.incipit.server.http.netty.TestServer;
import org.incipit.server.index.Index;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.search.Hits;
import org.incipit.server.index.search.Query;
import org.incipit.server.lookup.CandidateIndex;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupConfig;

/**
 * The web service on a port of loopback, over a new catalogue and a real index, beside the routes
 * of indexes as in the whole server.
 */
final class AcoustidServer implements AutoCloseable {
  static final String FORM = "application/x-www-form-urlencoded";

  final Catalog catalog;
  final AcoustidApi api;

  /** How often it was told that there is something to import. */
  final AtomicInteger submitted = new AtomicInteger();

  /** Searches in place of the index if it is there. */
  volatile CandidateIndex broken;

  private final Index index;
  private final IndexCatalog indexes;
  private final SearchThreads searches = new SearchThreads(1);
  private final TestServer http;

  AcoustidServer(Store store, Path folder) throws IOException {
    this(store, folder, AcoustidConfig.DEFAULT);
  }

  AcoustidServer(Store store, Path folder, AcoustidConfig config) throws IOException {
    this(Catalog.open(store.config(folder)), folder, config);
  }

  AcoustidServer(Catalog catalog, Path folder) throws IOException {
    this(catalog, folder, AcoustidConfig.DEFAULT);
  }

  private AcoustidServer(Catalog catalog, Path folder, AcoustidConfig config) throws IOException {
    this.catalog = catalog;
    index = Index.open(folder.resolve("index"), IndexConfig.DEFAULT);
    CandidateIndex candidates = this::search;
    Lookup lookup = new Lookup(candidates, catalog.tracks(), LookupConfig.DEFAULT);
    api = new AcoustidApi(config, catalog, lookup, submitted::incrementAndGet);
    ErrorBodies errors = new ErrorBodies();
    Router router = new Router().errors(errors).use(errors);
    OwnHosts own = new OwnHosts(List.of(), false);
    api.addTo(router, own);
    indexes = IndexCatalog.open(folder.resolve("indexes"), IndexConfig.DEFAULT, 1);
    new IndexApi(indexes, searches, List.of(), List.of(), 1 << 20).addTo(router, own);
    http = TestServer.start(router);
  }

  private Hits search(Query query, java.time.Duration timeout) throws IOException {
    CandidateIndex other = broken;
    return other == null ? index.search(query, timeout) : other.search(query, timeout);
  }

  /** An answer with its body as text. */
  record Reply(int status, String type, Map<String, String> headers, String text) {
    Object json() throws IOException {
      return Json.parse(text);
    }

    Object at(Object... path) throws IOException {
      return Json.at(json(), path);
    }
  }

  int port() {
    return http.port();
  }

  RawClient connect() throws IOException {
    return http.connect();
  }

  Reply get(String target) throws IOException {
    return send("GET", target, new byte[0]);
  }

  Reply post(String target, String form) throws IOException {
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    return send("POST", target, body, "Content-Type: " + FORM);
  }

  Reply send(String method, String target, byte[] body, String... headers) throws IOException {
    return sendTo("Host: x", method, target, body, headers);
  }

  Reply sendTo(String host, String method, String target, byte[] body, String... headers)
      throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String length = body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n";
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    request.writeBytes(
        (method + " " + target + " HTTP/1.1\r\n" + host + "\r\n" + length + more + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    try (RawClient client = connect()) {
      return reply(client.send(request.toByteArray()).read(method.equals("HEAD")));
    }
  }

  static Reply reply(RawClient.Answer answer) {
    byte[] bytes = answer.body().getBytes(StandardCharsets.ISO_8859_1);
    return new Reply(
        answer.status(),
        answer.header("content-type"),
        Map.of(
            "origin", answer.header("access-control-allow-origin"),
            "retry", answer.header("retry-after")),
        new String(bytes, StandardCharsets.UTF_8));
  }

  /** Imports a submission as a track of its own. */
  UUID track(Fingerprint fingerprint, int duration, UUID mbid, String foreignId, TextMetadata text)
      throws IOException {
    catalog
        .submissions()
        .add(
            List.of(
                new NewSubmission(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    null,
                    fingerprint,
                    duration,
                    null,
                    null,
                    mbid,
                    null,
                    foreignId,
                    text)));
    Submission submission = catalog.submissions().claim(1).getFirst();
    FeedHead head = catalog.feed().head();
    UUID gid = UUID.randomUUID();
    long id = head.lastFingerprint() + 1;
    decide(head, new Decision.Founded(submission, id, head.lastTrack() + 1, gid));
    Change insert = new Change.Insert((int) id, QueryExtractor.extract(fingerprint));
    index.update(new Batch(List.of(insert), Map.of()));
    return gid;
  }

  /** Imports one more submission of the newest track's fingerprint. */
  void again(Fingerprint fingerprint, int duration, UUID mbid, TextMetadata text)
      throws IOException {
    again(fingerprint, duration, mbid, null, text);
  }

  void again(Fingerprint fingerprint, int duration, UUID mbid, String foreignId, TextMetadata text)
      throws IOException {
    OptionalLong nobody = OptionalLong.empty();
    catalog
        .submissions()
        .add(
            List.of(
                new NewSubmission(
                    nobody,
                    nobody,
                    null,
                    fingerprint,
                    duration,
                    null,
                    null,
                    mbid,
                    null,
                    foreignId,
                    text)));
    FeedHead head = catalog.feed().head();
    Submission submission = catalog.submissions().claim(1).getFirst();
    decide(head, new Decision.Counted(submission, head.lastFingerprint(), head.lastTrack()));
  }

  void decide(FeedHead head, Decision decision) throws IOException {
    if (!catalog.feed().decide(head, List.of(decision))) {
      throw new IOException("somebody else was faster");
    }
  }

  static String print(Fingerprint fingerprint) {
    return FingerprintCodec.encode(fingerprint);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  @Override
  public void close() throws IOException {
    http.close();
    searches.close();
    indexes.close();
    index.close();
    catalog.close();
  }
}
