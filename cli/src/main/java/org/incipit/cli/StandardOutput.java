package org.incipit.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.incipit.cli.fpcalc.OutputTarget;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it could not be written, which a {@code PrintStream} loses.
 */
final class StandardOutput extends FilterOutputStream {
  private static final int FAILED = 2;

  /** What a shell reports of a program that nobody listens to any more: 128 + SIGPIPE. */
  static final int READER_GONE = 141;

  private final PrintWriter writer;
  private final PrintStream stream;
  private @Nullable IOException failure;

  private StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
    writer = new PrintWriter(new OutputStreamWriter(this, System.out.charset()));
    stream = new PrintStream(this, false, System.out.charset());
  }

  /** Puts one in the place of {@link System#out}. */
  static StandardOutput install() {
    StandardOutput output = new StandardOutput();
    System.setOut(output.stream);
    return output;
  }

  /** Whether this is what writing to a pipe without a reader ends with. */
  static boolean isForNobody(Exception failure) {
    return String.valueOf(failure.getMessage()).contains("Broken pipe");
  }

  PrintWriter writer() {
    return writer;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Writes what is left; the exit code of a program that would end with this one otherwise. */
  int exit(int code) {
    writer.flush();
    stream.flush();
    if (failure == null) {
      return code;
    }
    if (OutputTarget.readerIsGone(failure)) {
      return READER_GONE;
    }
    System.err.println("ERROR: Could not write to standard output: " + failure.getMessage());
    return code == 0 ? FAILED : code;
  }
}
