package org.incipit.cli.fpcalc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what is reported, errors in angle brackets. */
final class RecordingReport implements Report {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public synchronized void output(ByteText text) {
    kept.writeBytes(text.toArray());
  }

  @Override
  public synchronized void error(ByteText text) {
    kept.write('<');
    kept.writeBytes(text.toArray());
    kept.write('>');
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.ISO_8859_1);
  }
}
