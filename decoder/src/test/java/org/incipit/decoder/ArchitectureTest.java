package org.incipit.decoder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The import rules of ARCHITECTURE.md for this module. */
class ArchitectureTest {
  private static final String ROOT = "org.incipit.decoder";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesFormNoCircles() {
    slices().matching("org.incipit.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void whatDecodingIsAboutKnowsNothingOfWhoDecodes() {
    mustNotImport(ROOT + ".audio", ROOT, ROOT + ".ffmpeg", ROOT + ".plain");
  }

  @Test
  void theEnginesDoNotKnowEachOther() {
    mustNotImport(ROOT + ".ffmpeg", ROOT, ROOT + ".plain");
    mustNotImport(ROOT + ".plain", ROOT, ROOT + ".ffmpeg");
  }

  @Test
  void onlyTheFfmpegPackageSeesFfmpeg() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".ffmpeg")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  private static void mustNotImport(String from, String... packages) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
