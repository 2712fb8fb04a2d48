package org.incipit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Decision;
import org.incipit.server.catalog.NewSubmission;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.lookup.Tunes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookups in a directory that no server has. */
class DirectLookupTest {
  private static final Fingerprint TUNE = Tunes.tune(1, 400);
  private static final int SECONDS = 50;
  private static final Pattern SCORE = Pattern.compile("\"score\":([0-9.]+)");

  @TempDir private Path folder;
  private CatalogConfig config;

  @BeforeEach
  void fill() throws IOException {
    config = CatalogConfig.in(folder);
    OptionalLong nobody = OptionalLong.empty();
    NewSubmission submission =
        new NewSubmission(
            nobody, nobody, null, TUNE, SECONDS, null, null, null, null, null, TextMetadata.NONE);
    try (Catalog catalog = Catalog.open(config)) {
      catalog.submissions().add(List.of(submission));
      var claimed = catalog.submissions().claim(1).getFirst();
      Decision founded = new Decision.Founded(claimed, 1, 1, new UUID(1, 1));
      assertTrue(catalog.feed().decide(catalog.feed().head(), List.of(founded)));
    }
  }

  private double score(ScoreRule rule, Fingerprint asked) throws IOException {
    String print = URLEncoder.encode(FingerprintCodec.encode(asked), StandardCharsets.US_ASCII);
    String form = "client=x&duration=" + SECONDS + "&fingerprint=" + print;
    try (DirectLookup lookup = DirectLookup.open(config, rule, changes -> {})) {
      byte[] answer = lookup.post("lookup", form.getBytes(StandardCharsets.US_ASCII), true);
      Matcher found = SCORE.matcher(new String(answer, StandardCharsets.UTF_8));
      assertTrue(found.find());
      return Double.parseDouble(found.group(1));
    }
  }

  @Test
  void theRuleOfScoresIsChosen() throws Exception {
    Fingerprint worse = Tunes.worse(TUNE, 8, 3);
    assertEquals(1.0, score(ScoreRule.ACOUSTID, TUNE));
    double compared = score(ScoreRule.COMPARE2, worse);
    assertTrue(compared < 0.95, "got " + compared);
    assertEquals((1 + compared) / 2, score(ScoreRule.ACOUSTID, worse), 1e-6);
  }

  @Test
  void anIndexThatCannotBeBuiltIsNotWaitedForForEver() throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(CatalogConfig.FILE));
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM change");
    }
    var failure =
        assertThrows(
            IOException.class,
            () -> DirectLookup.open(impatient(), ScoreRule.COMPARE2, changes -> {}));
    assertEquals(
        "the index cannot be brought up to date: the catalogue has lost its changes from 1 on",
        failure.getMessage());
  }

  private CatalogConfig impatient() {
    CatalogConfig.Limits limits = config.limits();
    return config.with(
        new CatalogConfig.Limits(
            Duration.ofMillis(300),
            limits.lock(),
            limits.connect(),
            limits.connections(),
            limits.readers(),
            limits.queue(),
            limits.cacheBytes(),
            limits.lease()));
  }

  @Test
  void onlyLookupsNeedNoServer() throws Exception {
    try (DirectLookup lookup = DirectLookup.open(config, ScoreRule.COMPARE2, changes -> {})) {
      assertThrows(IllegalArgumentException.class, () -> lookup.post("submit", new byte[0], false));
    }
  }
}
