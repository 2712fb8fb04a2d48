package org.incipit.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.incipit.server.catalog.store.CatalogConfig;
import org.incipit.server.catalog.store.CatalogCopy;
import org.incipit.server.catalog.store.CatalogException;
import org.incipit.server.catalog.store.CatalogLoad;
import org.junit.jupiter.api.Test;

/** The import rules of ARCHITECTURE.md for this module. */
class ArchitectureTest {
  private static final String ROOT = "org.incipit.server";
  private static final String INDEX = ROOT + ".index";
  private static final String FINGERPRINT = "org.incipit.fingerprint..";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.incipit.server");

  @Test
  void packagesFormNoCircles() {
    slices().matching("org.incipit.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void filesAndPostingsKnowNothingElse() {
    mayImport("file");
    mayImport("postings");
  }

  @Test
  void theLogKnowsOnlyFiles() {
    mayImport("change", "file");
  }

  @Test
  void segmentsKnowNeitherLogNorSearchNorIndex() {
    mayImport("segment", "postings", "file");
  }

  @Test
  void aSearchKnowsNeitherLogNorIndexNorFiles() {
    mayImport("search", "segment", "postings");
  }

  @Test
  void whatAnIndexIsMadeOfKnowsNeitherSearchNorWhoUsesIt() {
    mayImport("store", "segment", "postings", "change", "file");
    mayImport("snapshot", "store", "check", "segment", "file");
    mayImport("check", "store", "segment", "change", "file");
  }

  @Test
  void aCatalogKnowsTheIndexAsOthersDo() {
    mayImport("catalog", "", "snapshot", "store", "file");
  }

  @Test
  void documentsAreTransferredThroughTheFace() {
    mayImport("transfer", "", "change", "segment");
  }

  @Test
  void theFaceKnowsNeitherCatalogNorTransfer() {
    seesOfOurs(
        "index",
        "index.change",
        "index.check",
        "index.file",
        "index.search",
        "index.segment",
        "index.snapshot",
        "index.store");
  }

  @Test
  void theIndexSeesNeitherNetworkNorSql() {
    noClasses()
        .that()
        .resideInAPackage(INDEX + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.sql..", "javax.sql..", "io.netty..")
        .check(CLASSES);
  }

  @Test
  void tasksKnowNothingElseAndSocketsOnlyTasks() {
    seesOfOurs("task");
    seesOfOurs("net", "task");
  }

  @Test
  void onlySocketsAndHttpOnThemSeeNetty() {
    onlyIn("io.netty..", "net", "http.netty");
  }

  @Test
  void librariesStayWhereTheyAreNeeded() {
    onlyIn("io.github.bucket4j..", "http.middleware");
    onlyIn("io.micrometer..", "http.middleware");
    onlyIn("java.net.http..", "http.client");
    onlyIn(
        "com.fasterxml.jackson..",
        "acoustid",
        "acoustid.client",
        "backup",
        "fpindex",
        "index.transfer");
    onlyIn("org.msgpack..", "fpindex");
    onlyIn("com.github.benmanes.caffeine..", "catalog");
  }

  @Test
  void onlyTheCatalogueSeesSqlAndOfOursItSeesFingerprints() {
    onlyIn("java.sql..", "catalog", "catalog.store");
    onlyIn("javax.sql..", "catalog.store");
    onlyIn("com.zaxxer..", "catalog.store");
    onlyIn("org.sqlite..", "catalog.store");
    onlyIn("org.postgresql..", "catalog.store");
    seesOfOurs("catalog.store", "task");
    seesOfOurs("catalog", "catalog.store", FINGERPRINT);
  }

  @Test
  void whoIsNotTheCatalogueOnlyNamesItsStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".catalog..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".catalog.store")
                .and(
                    not(
                        belongToAnyOf(
                            CatalogConfig.class,
                            CatalogCopy.class,
                            CatalogException.class,
                            CatalogLoad.class))))
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheWhole() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .check(CLASSES);
  }

  @Test
  void httpKnowsNoSocketsAndTheServiceOnlyFaces() {
    seesOfOurs("http");
    seesOfOurs("http.middleware", "http");
    seesOfOurs("http.client", "http", "task");
    seesOfOurs("http.netty", "http", "net", "task");
    seesOfOurs("acoustid.client", "http.client", "task");
    seesOfOurs("metrics");
    seesOfOurs(
        "acoustid",
        "http",
        "http.middleware",
        "metrics",
        "catalog",
        "catalog.store",
        "lookup",
        FINGERPRINT);
    seesOfOurs(
        "backup", "catalog.store", "http.client", "index", "index.catalog", "index.file", "task");
    seesOfOurs(
        "fpindex",
        "http",
        "http.middleware",
        "metrics",
        "net",
        "index",
        "index.catalog",
        "index.change",
        "index.search",
        "index.snapshot");
  }

  @Test
  void aLookupKnowsTheCatalogueAndSearchesAndNoNetwork() {
    seesOfOurs("lookup", FINGERPRINT, "catalog", "index.search");
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".lookup")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.sql..", "javax.sql..", "io.netty..")
        .check(CLASSES);
  }

  @Test
  void theIntakeFeedsIndexAndCatalogue() {
    seesOfOurs(
        "intake",
        FINGERPRINT,
        "lookup",
        "catalog",
        "index",
        "index.catalog",
        "index.change",
        "index.file",
        "index.search",
        "task");
  }

  /** Only these packages below the root see a library. */
  private static void onlyIn(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Arrays.stream(packages).map(name -> ROOT + "." + name).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  /** A package below the root sees no other of ours than these, named from the root on. */
  private static void seesOfOurs(String name, String... others) {
    List<String> allowed = new ArrayList<>(List.of(ROOT + "." + name));
    for (String other : others) {
      allowed.add(other.startsWith("org.") ? other : ROOT + "." + other);
    }
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.incipit..")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .check(CLASSES);
  }

  /** Of the rooms of the index, one may import only these; "" is the face. */
  private static void mayImport(String room, String... rooms) {
    String own = INDEX + "." + room;
    List<String> allowed = new ArrayList<>(List.of(own));
    for (String other : rooms) {
      allowed.add(other.isEmpty() ? INDEX : INDEX + "." + other);
    }
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.incipit..")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .check(CLASSES);
  }
}
