package org.incipit.server.acoustid;

import java.util.List;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.http.Handler;
import org.incipit.server.http.HttpError;
import org.incipit.server.http.Method;
import org.incipit.server.http.Router;
import org.incipit.server.http.RunsOn;
import org.incipit.server.http.middleware.OwnHosts;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.metrics.MetricsText;

/** The routes of AcoustID's web service, version 2. */
public final class AcoustidApi {
  private static final long MAX_BODY_BYTES = 1 << 20;
  private static final List<Method> METHODS =
      List.of(Method.GET, Method.POST, Method.PUT, Method.PATCH, Method.DELETE);

  private final AcoustidConfig config;
  private final Catalog catalog;
  private final Lookup lookup;
  private final Runnable submitted;
  private final ServiceCounts counts = new ServiceCounts();

  /**
   * The service over a catalogue, which stays the caller's.
   *
   * @param submitted told whenever there is something to import; must not wait
   */
  public AcoustidApi(AcoustidConfig config, Catalog catalog, Lookup lookup, Runnable submitted) {
    this.config = config;
    this.catalog = catalog;
    this.lookup = lookup;
    this.submitted = submitted;
  }

  /** What it counts. */
  public MetricsText.Source metrics() {
    return counts;
  }

  /**
   * Adds the routes, and answers for whatever else is below {@code /v2}. Pages of any origin may
   * ask, but not submit.
   *
   * @param own hosts; requests for others are answered, too
   */
  public void addTo(Router router, OwnHosts own) {
    Answers answers = new Answers(config, own, counts);
    Health health = new Health(catalog, lookup);
    router.group(
        config.basePath(),
        group -> {
          group
              .errors(answers)
              .use(answers)
              .ignoreExtraSlashes()
              .get("/_health_ro", RunsOn.VIRTUAL, health::answer)
              .get("/_health_docker", RunsOn.VIRTUAL, health::answer);
          if (!config.basePath().isEmpty()) {
            // Without one, this is the whole server's.
            group.get("/_health", RunsOn.VIRTUAL, health::answer);
          }
        });
    router.group(
        config.basePath() + "/v2",
        group ->
            addEndpoints(
                group
                    .errors(answers)
                    .use(answers)
                    .ignoreExtraSlashes()
                    .maxBodyBytes(MAX_BODY_BYTES),
                answers));
  }

  private void addEndpoints(Router router, Answers answers) {
    KnownKeys known = new KnownKeys(catalog.keys(), config.keysRequired());
    TrackEndpoints tracks = new TrackEndpoints(catalog.tracks());
    boolean isAnybodyGivenKeys = config.anonymousKeys() || !config.keysRequired();
    UserEndpoints users = new UserEndpoints(known, catalog.keys(), isAnybodyGivenKeys);
    Call.Endpoint find = new LookupEndpoint(known, catalog.tracks(), lookup, counts);
    Call.Endpoint submit = new SubmitEndpoint(known, catalog.submissions(), submitted, counts);
    Call.Endpoint status = new StatusEndpoint(known, catalog.submissions());
    add(router, "/lookup", answers.to(find));
    router.group(
        "", group -> add(group.errors(answers.ofWriting()), "/submit", answers.to(submit)));
    add(router, "/submission_status", answers.to(status));
    add(router, "/fingerprint", answers.to(tracks::fingerprint));
    add(router, "/track/list_by_mbid", answers.to(tracks::byMbid));
    add(router, "/track/list_by_puid", answers.to(tracks::byPuid));
    add(router, "/user/lookup", answers.to(users::lookup));
    add(router, "/user/create_anonymous", answers.to(users::createAnonymous));
    // Not left to the routes of indexes: /v2 is no index.
    add(router, "", AcoustidApi::notFound);
    add(router, "/*other", AcoustidApi::notFound);
  }

  private static void add(Router router, String path, Handler handler) {
    for (Method method : METHODS) {
      router.route(method, path, RunsOn.VIRTUAL, handler);
    }
  }

  private static void notFound(Object request, Object response) throws HttpError {
    throw new HttpError(404, "there is no such path");
  }
}
