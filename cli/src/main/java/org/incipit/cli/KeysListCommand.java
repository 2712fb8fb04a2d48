package org.incipit.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code incipit keys list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Print all keys, revoked ones too.")
final class KeysListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "A JSON object for each key, one a line.")
  private boolean json;

  @Mixin private CataloguePlace place = new CataloguePlace();

  @Override
  public Integer call() throws IOException {
    try (Catalog catalog = place.open()) {
      for (Keys.Entry entry : catalog.keys().all()) {
        if (json) {
          line(entry);
        } else {
          System.out.printf(
              "%-11s  %-10s  %s  %s%s%n",
              kind(entry),
              entry.key(),
              created(entry),
              Printable.of(entry.name()),
              entry.isRevoked() ? "  (revoked)" : "");
        }
      }
    }
    return 0;
  }

  private static void line(Keys.Entry entry) throws IOException {
    new JsonLines(System.out)
        .line(to -> {
          to.writeStringField("kind", kind(entry));
          to.writeStringField("key", entry.key());
          to.writeStringField("name", entry.name());
          to.writeStringField("created", created(entry));
          to.writeBooleanField("revoked", entry.isRevoked());
        });
  }

  private static String kind(Keys.Entry entry) {
    return entry.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String created(Keys.Entry entry) {
    Instant moment = Instant.EPOCH.plus(entry.created(), ChronoUnit.MICROS);
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
