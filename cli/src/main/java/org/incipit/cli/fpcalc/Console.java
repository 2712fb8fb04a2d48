package org.incipit.cli.fpcalc;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** Standard output and standard error. Every text is one write, so nothing waits in a buffer. */
final class Console implements Report {
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

  @Override
  public void output(ByteText text) throws IOException {
    out.write(text.bytes(), 0, text.length());
  }

  @Override
  public void error(ByteText text) {
    try {
      err.write(text.bytes(), 0, text.length());
    } catch (IOException e) {
      return; // nobody is left to be told
    }
  }
}
