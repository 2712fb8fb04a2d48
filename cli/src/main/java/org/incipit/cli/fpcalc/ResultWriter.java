package org.incipit.cli.fpcalc;

import java.io.IOException;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;

/** Lays out the results of one file and passes each on as soon as it is there. */
final class ResultWriter implements ResultSink {
  private final Options options;
  private final Report report;
  private final ByteText text = new ByteText();
  private double fileSeconds;
  private boolean first = true;

  ResultWriter(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  /** The duration to print where the file is one piece, whatever was analysed of it. */
  void fileSeconds(double seconds) {
    fileSeconds = seconds;
  }

  @Override
  public void result(double timestamp, double duration, Fingerprint fingerprint)
      throws IOException {
    boolean chunked = options.chunk() != 0;
    double seconds = chunked ? duration : fileSeconds;
    text.clear();
    switch (options.output()) {
      case TEXT -> text(timestamp, seconds, fingerprint);
      case JSON -> json(chunked, timestamp, seconds, fingerprint);
      case PLAIN -> {
        items(fingerprint);
        text.append('\n');
      }
    }
    first = false;
    report.output(text);
  }

  private void text(double timestamp, double seconds, Fingerprint fingerprint) {
    if (!first) {
      text.append('\n');
    }
    if (options.timestamps()) {
      text.append("TIMESTAMP=");
      CNumbers.appendFixed2(text, timestamp);
      text.append('\n');
    }
    text.append("DURATION=").append((long) seconds).append("\nFINGERPRINT=");
    items(fingerprint);
    text.append('\n');
  }

  private void json(boolean chunked, double timestamp, double seconds, Fingerprint fingerprint) {
    text.append('{');
    if (chunked) {
      text.append("\"timestamp\": ");
      CNumbers.appendFixed2(text, timestamp);
      text.append(", ");
    }
    text.append("\"duration\": ");
    CNumbers.appendFixed2(text, seconds);
    text.append(", \"fingerprint\": ").append(options.raw() ? '[' : '"');
    items(fingerprint);
    text.append(options.raw() ? ']' : '"').append("}\n");
  }

  private void items(Fingerprint fingerprint) {
    if (!options.raw()) {
      text.append(FingerprintCodec.encode(fingerprint));
      return;
    }
    for (int i = 0; i < fingerprint.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      int item = fingerprint.at(i);
      text.append(options.signed() ? (long) item : item & 0xFFFF_FFFFL);
    }
  }
}
