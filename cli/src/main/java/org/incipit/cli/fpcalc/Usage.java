package org.incipit.cli.fpcalc;

/** The text of {@code -h}. */
final class Usage {
  private static final String OPTIONS =
      """
       [OPTIONS] FILE [FILE...]

      Print the Chromaprint fingerprints of audio files. FILE may be - for standard input.

      Options:
        -format NAME     Take the input to be in this format, by FFmpeg's short name for it
        -rate NUM        Sample rate in Hz of raw input
        -channels NUM    Channels of raw input
        -length SECS     Analyse so many seconds of each file, 0 for all of it (default 120)
        -chunk SECS      Give a fingerprint for every so many seconds
        -algorithm NUM   Algorithm 1 to 5 (default 2)
        -overlap         Let chunks overlap so that no audio between them is lost
        -ts              Print the time of day at which each result's audio was read
        -raw             Print fingerprints as lists of numbers
        -signed          Print these numbers as signed 32-bit integers
        -json            Print JSON, one object per line
        -text            Print NAME=VALUE lines (default)
        -plain           Print nothing but the fingerprint
        -version         Print the version

      Options of Incipit:
        -start SECS      Leave out so many seconds at the beginning of each file
        -keep-going      Go on with the next file after one that fails
        -threads NUM     Work on so many files at a time, 0 for one per core (default 1)
      """;

  private Usage() {}

  /** The usage, naming the program as it was called. */
  static ByteText text() {
    return new ByteText()
        .append("Usage: ")
        .append(System.getProperty("incipit.argv0", "fpcalc"))
        .append(OPTIONS);
  }
}
