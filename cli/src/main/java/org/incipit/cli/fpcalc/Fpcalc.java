package org.incipit.cli.fpcalc;

import java.io.IOException;

/**
 * {@code fpcalc}: prints the fingerprints of audio files, byte for byte as Chromaprint's program of
 * that name.
 */
public final class Fpcalc {
  private static final int OUTPUT_CLOSED = 141;

  private Fpcalc() {}

  /** Runs and ends the process. */
  public static void main(String[] args) {
    Console console = new Console();
    int status;
    try {
      status = run(Arguments.exact(args), console);
    } catch (IOException e) {
      status = outputFailed(e, console);
    } catch (RuntimeException | Error e) {
      console.error(ErrorLine.of(null, ErrorLine.internal(e)));
      status = FilePass.FAILED;
    }
    // Nothing is left to flush or to clean up, and threads may still be decoding.
    Runtime.getRuntime().halt(status);
  }

  /** The version of this build, such as {@code 0.1.0}. */
  public static String incipitVersion() {
    return Version.incipit();
  }

  /**
   * Does what the arguments ask for.
   *
   * @return the exit code
   * @throws IOException if standard output fails
   */
  static int run(byte[][] args, Report report) throws IOException {
    OptionParser parser = new OptionParser(args);
    Options options;
    try {
      switch (parser.parse()) {
        case HELP -> {
          report.output(Usage.text());
          return FilePass.OK;
        }
        case VERSION -> {
          report.output(Version.line());
          return FilePass.OK;
        }
        case FINGERPRINT -> {}
      }
      options = parser.options();
      Audio.requireFormat(options);
    } catch (UsageException e) {
      report.error(ErrorLine.of(e.text()));
      return FilePass.FAILED;
    }
    return fingerprint(options, report);
  }

  private static int fingerprint(Options options, Report report) throws IOException {
    if (options.threads() > 1 && options.files().size() > 1) {
      return new Batch(options, report).run();
    }
    FilePass pass = new FilePass(options, true);
    int exit = FilePass.OK;
    for (byte[] file : options.files()) {
      int status = pass.run(file, report);
      if (status != FilePass.OK && !options.keepGoing()) {
        return status;
      }
      exit = FilePass.worse(exit, status);
    }
    return exit;
  }

  /** A reader that has gone ends the process quietly, as SIGPIPE does; anything else is said. */
  private static int outputFailed(IOException failure, Report report) {
    if (OutputTarget.readerIsGone(failure)) {
      return OUTPUT_CLOSED;
    }
    report.error(ErrorLine.of(null, "Could not write the output (" + failure.getMessage() + ")"));
    return FilePass.FAILED;
  }
}
