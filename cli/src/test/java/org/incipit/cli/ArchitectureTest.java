package org.incipit.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The import rules of ARCHITECTURE.md for this module. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.incipit.cli");

  @Test
  void packagesFormNoCircles() {
    slices().matching("org.incipit.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void fpcalcSeesNeitherPicocliNorTheOtherCommands() {
    noClasses()
        .that()
        .resideInAPackage("org.incipit.cli.fpcalc")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "org.incipit.cli")
        .because("its start is counted in milliseconds")
        .check(CLASSES);
  }

  @Test
  void nothingReachesBehindTheFacesOfCoreAndDecoder() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.incipit.fingerprint.pcm",
            "org.incipit.fingerprint.spectrum",
            "org.incipit.fingerprint.chroma",
            "org.incipit.fingerprint.classify",
            "org.incipit.decoder.ffmpeg",
            "org.incipit.decoder.plain",
            "org.bytedeco..")
        .check(CLASSES);
  }
}
