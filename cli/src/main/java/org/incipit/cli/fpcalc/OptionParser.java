package org.incipit.cli.fpcalc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.incipit.fingerprint.Algorithm;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments in one pass; options and files may be mixed. Written by hand because a
 * library for it takes as long to start as a whole fingerprint takes to compute.
 *
 * <p>An option that takes a value is one only if an argument follows, whatever that looks like.
 */
final class OptionParser {
  /** What to do instead of fingerprinting. */
  enum Request {
    FINGERPRINT,
    HELP,
    VERSION
  }

  private final byte[][] args;
  private int next;

  private OutputFormat output = OutputFormat.TEXT;
  private Algorithm algorithm = Algorithm.DEFAULT;
  private @Nullable String format;
  private int rate;
  private int channels;
  private double start;
  private double length = 120;
  private double chunk;
  private boolean overlap;
  private boolean timestamps;
  private boolean raw;
  private boolean signed;
  private boolean ignoreErrors;
  private boolean keepGoing;
  private int threads = 1;
  private final List<byte[]> files = new ArrayList<>();

  OptionParser(byte[][] args) {
    this.args = args;
  }

  /**
   * Reads everything, or as far as a request for help or the version.
   *
   * @throws UsageException at the first argument that is wrong, or if there is no file
   */
  Request parse() throws UsageException {
    while (next < args.length) {
      byte[] arg = args[next++];
      String option = new String(arg, StandardCharsets.ISO_8859_1);
      boolean read = next < args.length && readValue(option, args[next]);
      if (read) {
        next++;
        continue;
      }
      switch (option) {
        case "-text" -> output = OutputFormat.TEXT;
        case "-json" -> output = OutputFormat.JSON;
        case "-plain" -> output = OutputFormat.PLAIN;
        case "-overlap" -> overlap = true;
        case "-ts" -> timestamps = true;
        case "-raw" -> raw = true;
        case "-signed" -> signed = true;
        case "-ignore-errors" -> ignoreErrors = true;
        case "-keep-going" -> keepGoing = true;
        case "-v", "-version" -> {
          return Request.VERSION;
        }
        case "-h", "-help", "--help" -> {
          return Request.HELP;
        }
        case "--" -> {
          while (next < args.length) {
            files.add(args[next++]);
          }
        }
        default -> {
          if (arg.length > 1 && arg[0] == '-') {
            throw new UsageException(new ByteText().append("Unknown option ").append(arg));
          }
          files.add(arg);
        }
      }
    }
    if (files.isEmpty()) {
      throw new UsageException("No input files");
    }
    return Request.FINGERPRINT;
  }

  /** What was read. */
  Options options() {
    return new Options(
        output,
        algorithm,
        format,
        rate,
        channels,
        start,
        length,
        chunk,
        overlap,
        timestamps,
        raw,
        signed,
        ignoreErrors,
        keepGoing,
        threads,
        files);
  }

  /** Takes the value if the option has one. */
  private boolean readValue(String option, byte[] value) throws UsageException {
    switch (option) {
      case "-f", "-format" -> format = new String(value, StandardCharsets.ISO_8859_1);
      case "-r", "-rate" -> rate = (int) positive(option, CNumbers.atoi(value));
      case "-c", "-channels" -> {
        channels = CNumbers.atoi(value);
        require(channels > 0, option, " must be a non-zero positive number");
      }
      case "-t", "-length" -> length = positive(option, CNumbers.atof(value));
      case "-chunk" -> chunk = positive(option, CNumbers.atof(value));
      case "-a", "-algorithm" -> {
        int number = CNumbers.atoi(value);
        require(number >= 1 && number <= 5, option, " must be 1 - 5");
        algorithm = Algorithm.of(number - 1);
      }
      // Ours do not take garbage for 0.
      case "-start" -> {
        double seconds = CNumbers.isWholeNumber(value) ? CNumbers.atof(value) : Double.NaN;
        start = positive(option, seconds);
      }
      case "-threads" -> threads = threadCount(option, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static int threadCount(String option, byte[] value) throws UsageException {
    double number = CNumbers.isWholeNumber(value) ? CNumbers.atof(value) : Double.NaN;
    int count = (int) positive(option, number);
    require(count == number, option, " must be a positive number");
    return count == 0 ? Runtime.getRuntime().availableProcessors() : count;
  }

  private static double positive(String option, double number) throws UsageException {
    require(number >= 0, option, " must be a positive number");
    return number;
  }

  private static void require(boolean holds, String option, String rule) throws UsageException {
    if (!holds) {
      throw new UsageException(
          new ByteText().append("The argument for ").append(option).append(rule));
    }
  }
}
