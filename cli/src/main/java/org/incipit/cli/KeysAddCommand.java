package org.incipit.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.incipit.server.catalog.Catalog;
import org.incipit.server.catalog.Keys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code incipit keys add application|user NAME}. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Make a key and print it, or take one that somebody has already.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:it counts from now on", " 1:it was there already", " 2:errors"})
final class KeysAddCommand implements Callable<Integer> {
  private static final int WAS_THERE = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "application|user",
      description = "Whose key.")
  private Keys.@Nullable Kind kind;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "What it is called.")
  private @Nullable String name;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "The key itself; one that was revoked counts again.")
  private @Nullable String key;

  @Option(
      names = "--well-known",
      description = "Instead: the application keys of beets and Picard.")
  private boolean wellKnown;

  @Mixin private CataloguePlace place = new CataloguePlace();

  @Override
  public Integer call() throws IOException {
    Keys.Kind ofKind = kind;
    String named = name;
    if (wellKnown == (ofKind != null) || (ofKind != null && named == null)) {
      throw new ParameterException(
          spec.commandLine(), "Give application or user and a name, or --well-known");
    }
    try (Catalog catalog = place.openOrMake()) {
      if (wellKnown || ofKind == null || named == null) {
        return Math.max(
            add(catalog, Keys.Kind.APPLICATION, "beets", Keys.BEETS),
            add(catalog, Keys.Kind.APPLICATION, "Picard", Keys.PICARD));
      }
      String given = key;
      if (given != null) {
        return take(catalog, ofKind, named, given);
      }
      System.out.println(catalog.keys().create(ofKind, named).key());
      return 0;
    }
  }

  /** Also one that was revoked: whoever writes a key down means it. */
  private int take(Catalog catalog, Keys.Kind of, String called, String given) throws IOException {
    if (catalog.keys().reinstate(of, called, given)) {
      System.out.println(given);
      System.err.println(given + " was revoked, and counts again");
      return 0;
    }
    try {
      return add(catalog, of, called, given);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--key: " + e.getMessage(), e);
    }
  }

  private static int add(Catalog catalog, Keys.Kind of, String called, String given)
      throws IOException {
    boolean added = catalog.keys().add(of, called, given);
    System.out.println(given);
    if (added) {
      return 0;
    }
    boolean revoked =
        catalog.keys().all().stream()
            .anyMatch(entry -> isOf(entry, of, given) && entry.isRevoked());
    System.err.println(given + (revoked ? " is there and revoked" : " was there already"));
    return WAS_THERE;
  }

  private static boolean isOf(Keys.Entry entry, Keys.Kind kind, String key) {
    return entry.kind() == kind && entry.key().equals(key);
  }
}
