package org.incipit.fingerprint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The import rules of ARCHITECTURE.md for this module. */
class ArchitectureTest {
  private static final String ROOT = "org.incipit.fingerprint";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesFormNoCircles() {
    slices().matching("org.incipit.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void eachStageSeesOnlyTheStageBeforeIt() {
    mayImport(".pcm");
    mayImport(".spectrum", ".pcm");
    mayImport(".chroma", ".spectrum");
    mayImport(".classify", ".chroma");
  }

  @Test
  void codecAndMatcherSeeOnlyFingerprints() {
    mayImport(".codec", "");
    mayImport(".match", "");
  }

  @Test
  void nothingDoesInputOrOutputOrStartsThreadsOrLogs() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.util.concurrent..",
            "java.util.logging..",
            "java.net..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, System.Logger.class)
        .because("the core is arithmetic; java.io.Serializable of exceptions is the one exception")
        .allowEmptyShould(false)
        .check(
            CLASSES.that(
                com.tngtech.archunit.base.DescribedPredicate.not(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(
                        Exception.class))));
  }

  private static void mayImport(String from, String... to) {
    String[] allowed = new String[to.length + 4];
    allowed[0] = ROOT + from;
    allowed[1] = "java..";
    allowed[2] = "org.jspecify..";
    allowed[3] = "org.jtransforms..";
    for (int i = 0; i < to.length; i++) {
      allowed[4 + i] = ROOT + to[i];
    }
    classes()
        .that()
        .resideInAPackage(ROOT + from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(CLASSES);
  }
}
