package org.incipit.testdata;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of the reference {@code fpcalc}: what it was given and what it printed.
 *
 * @param files the audio files of the call, in order, as names below {@code golden/audio}
 * @param options the options before them
 * @param version which build; {@link #REFERENCE} is the one to reproduce
 * @param exit its exit code
 * @param stderr its error lines, without the last line feed
 * @param results what {@code -json}, {@code -plain} and {@code -raw} calls printed, one per result
 * @param stdout the output byte for byte, recorded for text calls; null otherwise
 */
public record GoldenRecord(
    List<String> files,
    List<String> options,
    String version,
    int exit,
    String stderr,
    List<Result> results,
    @Nullable String stdout) {
  /** Chromaprint 1.6.1 with FFTW3, linked with FFmpeg 5.1. */
  public static final String REFERENCE = "1.6.1-fftw3";

  /**
   * One result.
   *
   * @param timestamp seconds, or null where none was printed
   * @param duration seconds, or null where none was printed
   * @param raw the items as unsigned numbers, or null for compressed output
   * @param text the compressed fingerprint, or null for raw output
   */
  public record Result(
      @Nullable Double timestamp,
      @Nullable Double duration,
      @Nullable List<Long> raw,
      @Nullable String text) {
    /** The items as 32-bit integers, whether they were printed signed or not. */
    public int[] items() {
      if (raw == null) {
        throw new IllegalStateException("a compressed result: " + text);
      }
      return raw.stream().mapToInt(Long::intValue).toArray();
    }
  }

  /** Whether the options are these, in this order. */
  public boolean hasOptions(String... wanted) {
    return options.equals(List.of(wanted));
  }

  /** The call as one would type it. */
  public String commandLine() {
    return "fpcalc "
        + java.util.stream.Stream.concat(options.stream(), files.stream())
            .collect(Collectors.joining(" "));
  }
}
