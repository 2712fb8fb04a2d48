package org.incipit.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The import rules of ARCHITECTURE.md for this module. */
class ArchitectureTest {
  private static final String INDEX = "org.incipit.server.index";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.incipit.server");

  @Test
  void packagesFormNoCircles() {
    slices().matching("org.incipit.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void filesKnowNothingElse() {
    mustNotImport(
        INDEX + ".file",
        INDEX,
        INDEX + ".postings",
        INDEX + ".change",
        INDEX + ".segment",
        INDEX + ".search");
  }

  @Test
  void theLogKnowsOnlyFiles() {
    mustNotImport(
        INDEX + ".change", INDEX, INDEX + ".postings", INDEX + ".segment", INDEX + ".search");
  }

  @Test
  void postingsKnowNothingElse() {
    mustNotImport(
        INDEX + ".postings",
        INDEX,
        INDEX + ".file",
        INDEX + ".change",
        INDEX + ".segment",
        INDEX + ".search");
  }

  @Test
  void segmentsKnowNeitherLogNorSearchNorIndex() {
    mustNotImport(INDEX + ".segment", INDEX, INDEX + ".change", INDEX + ".search");
  }

  @Test
  void aSearchKnowsNeitherLogNorIndexNorFiles() {
    mustNotImport(INDEX + ".search", INDEX, INDEX + ".change", INDEX + ".file");
  }

  @Test
  void onlyWhatTransfersDocumentsSeesJackson() {
    noClasses()
        .that()
        .resideInAPackage(INDEX + "..")
        .and()
        .resideOutsideOfPackage(INDEX + ".transfer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(CLASSES);
    mustNotImport(INDEX, INDEX + ".transfer");
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

  private static void mustNotImport(String from, String... packages) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(CLASSES);
  }
}
