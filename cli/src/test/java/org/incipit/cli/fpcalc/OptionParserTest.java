package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.incipit.cli.fpcalc.OptionParser.Request;
import org.incipit.fingerprint.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionParserTest {
  private static OptionParser parser(String... args) {
    byte[][] bytes = new byte[args.length][];
    for (int i = 0; i < args.length; i++) {
      bytes[i] = args[i].getBytes(StandardCharsets.ISO_8859_1);
    }
    return new OptionParser(bytes);
  }

  private static Options options(String... args) throws UsageException {
    OptionParser parser = parser(args);
    assertEquals(Request.FINGERPRINT, parser.parse());
    return parser.options();
  }

  private static String error(String... args) {
    OptionParser parser = parser(args);
    return text(assertThrows(UsageException.class, parser::parse).text());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<String> files(Options options) {
    return options.files().stream().map(OptionParserTest::text).toList();
  }

  @Test
  void aFileAloneIsFingerprintedWithTheDefaults() throws UsageException {
    Options options = options("a");
    assertEquals(List.of("a"), files(options));
    assertEquals(OutputFormat.TEXT, options.output());
    assertEquals(Algorithm.TEST2, options.algorithm());
    assertEquals(120 * 11025, options.lengthSamples());
    assertEquals(0, options.startSamples());
    assertEquals(0, options.chunkSamples());
    assertEquals(1, options.threads());
    assertNull(options.format());
    assertEquals(0, options.rate());
    assertEquals(0, options.channels());
    assertFalse(
        options.raw()
            || options.signed()
            || options.overlap()
            || options.timestamps()
            || options.ignoreErrors()
            || options.keepGoing());
  }

  @Test
  void everyOptionWithAValueHasItsAlias() throws UsageException {
    for (String[] args :
        List.of(
            new String[] {
              "-format",
              "wav",
              "-channels",
              "3",
              "-rate",
              "8000",
              "-length",
              "7",
              "-algorithm",
              "5",
              "x"
            },
            new String[] {"-f", "wav", "-c", "3", "-r", "8000", "-t", "7", "-a", "5", "x"})) {
      Options options = options(args);
      assertEquals("wav", options.format());
      assertEquals(3, options.channels());
      assertEquals(8000, options.rate());
      assertEquals(7.0, options.length());
      assertEquals(Algorithm.TEST5, options.algorithm());
    }
  }

  @Test
  void optionsAndFilesMayBeMixed() throws UsageException {
    Options options =
        options(
            "a",
            "-raw",
            "b",
            "-signed",
            "-",
            "-overlap",
            "-ts",
            "",
            "-ignore-errors",
            "-keep-going",
            "-chunk",
            "2.5",
            "c");
    assertEquals(List.of("a", "b", "-", "", "c"), files(options));
    assertTrue(
        options.raw()
            && options.signed()
            && options.overlap()
            && options.timestamps()
            && options.ignoreErrors()
            && options.keepGoing());
    assertEquals(27562, options.chunkSamples());
  }

  @Test
  void theLastOutputFormatWins() throws UsageException {
    assertEquals(OutputFormat.JSON, options("-plain", "-text", "-json", "x").output());
    assertEquals(OutputFormat.PLAIN, options("-json", "-plain", "x").output());
    assertEquals(OutputFormat.TEXT, options("-json", "x", "-text").output());
  }

  @Test
  void afterTwoDashesEverythingIsAFile() throws UsageException {
    assertEquals(List.of("a", "-json", "--", "-h"), files(options("a", "--", "-json", "--", "-h")));
  }

  @Test
  void anOptionTakesTheNextArgumentWhateverItLooksLike() throws UsageException {
    assertEquals(List.of("x"), files(options("-format", "-json", "x")));
    assertEquals(0.0, options("-length", "--", "x").length());
    assertEquals("The argument for -t must be a positive number", error("-t", "-1", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-format",
        "-f",
        "-rate",
        "-length",
        "-chunk",
        "-a",
        "-start",
        "-threads",
        "-x",
        "--version",
        "-JSON",
        "-json2",
        "-\u00e9"
      })
  void anOptionWithoutItsValueIsUnknownLikeAnyOther(String option) {
    assertEquals("Unknown option " + option, error("x", option));
  }

  @ParameterizedTest
  @CsvSource({
    "-channels,0,non-zero positive",
    "-c,-1,non-zero positive",
    "-c,x,non-zero positive",
    "-rate,-1,positive",
    "-r,2147483648,positive",
    "-length,-0.1,positive",
    "-t,nan,positive",
    "-chunk,-1,positive",
    "-chunk,nan,positive",
    "-start,-1,positive",
    "-start,abc,positive",
    "-start,5x,positive",
    "-start,nan,positive",
    "-threads,-1,positive",
    "-threads,two,positive",
    "-threads,1.5,positive",
    "-threads,inf,positive",
    "-threads,99999999999,positive",
    "-threads,'',positive"
  })
  void valuesOutOfRangeAreRefusedByTheNameTyped(String option, String value, String kind) {
    String expected = "The argument for " + option + " must be a " + kind + " number";
    assertEquals(expected, error(option, value, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "6", "-1", "x", ""})
  void algorithmsAreOneToFive(String value) {
    assertEquals("The argument for -a must be 1 - 5", error("-a", value, "x"));
    assertEquals("The argument for -algorithm must be 1 - 5", error("-algorithm", value, "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "abc,0",
    "5x,55125",
    "'',0",
    "1e1,110250",
    "0x10,176400",
    "inf,0",
    "0.00001,0",
    "2.9,31972"
  })
  void lengthsAreReadAsCReadsThem(String value, long samples) throws UsageException {
    assertEquals(samples, options("-length", value, "x").lengthSamples());
    assertEquals(samples, options("-chunk", value, "x").chunkSamples());
  }

  @Test
  void aStartBeyondEveryStreamIsNotNoStart() throws UsageException {
    assertEquals(27562, options("-start", "2.5", "x").startSamples());
    assertEquals(Long.MAX_VALUE, options("-start", "inf", "x").startSamples());
  }

  @Test
  void noThreadsAreAsManyAsThereAreCores() throws UsageException {
    int cores = Runtime.getRuntime().availableProcessors();
    assertEquals(cores, options("-threads", "0", "x").threads());
    assertEquals(3, options("-threads", "3", "x").threads());
  }

  @Test
  void helpAndVersionEndTheReading() throws UsageException {
    for (String help : List.of("-h", "-help", "--help")) {
      assertEquals(Request.HELP, parser("a", help, "-wrong").parse());
    }
    for (String version : List.of("-v", "-version")) {
      assertEquals(Request.VERSION, parser(version, "-wrong").parse());
    }
    assertEquals("Unknown option -wrong", error("-wrong", "-h"));
  }

  @Test
  void withoutAFileThereIsNothingToDo() {
    assertEquals("No input files", error());
    assertEquals("No input files", error("-json", "-a", "3"));
    assertEquals("No input files", error("--"));
  }
}
