package org.incipit.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Keys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code incipit keys revoke KEY}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Let a key count no more; a server that is running knows within a minute.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:it counts no more", " 1:there is no such key", " 2:errors"})
final class KeysRevokeCommand implements Callable<Integer> {
  private static final int NO_SUCH_KEY = 1;

  @Parameters(paramLabel = "KEY", description = "Of an application, of a user, or of both.")
  private String key = "";

  @Mixin private CataloguePlace place = new CataloguePlace();

  @Override
  public Integer call() throws IOException {
    try (Catalog catalog = place.open()) {
      boolean application = catalog.keys().revoke(Keys.Kind.APPLICATION, key);
      boolean user = catalog.keys().revoke(Keys.Kind.USER, key);
      if (!application && !user) {
        System.err.println("there is no key " + Printable.of(key));
        return NO_SUCH_KEY;
      }
    }
    return 0;
  }
}
