package org.incipit.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassLoadingTest {
  @ParameterizedTest
  @CsvSource({
    "VECTORISED, 44100",
    "VECTORISED, 48000",
    "VECTORISED, 8000",
    "VECTORISED, 11025",
    "JTRANSFORMS, 44100"
  })
  void feedingLoadsNoClassAfterStart(FftEngine engine, int rate)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FeedProbe.class.getName(),
                engine.name(),
                Integer.toString(rate))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    long items = Algorithm.DEFAULT.itemCount(6 * 11025);
    assertEquals(items + " items, 0 classes", output.strip());
  }
}
