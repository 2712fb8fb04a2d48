package org.incipit.server.index.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.incipit.server.index.segment.DocumentSink;

/** Writes documents to a stream. One thread. */
public interface DocumentWriter extends DocumentSink, Closeable {
  /** The forms there are. */
  enum Form {
    /** A line of JSON for each document. */
    JSONL,
    /** The compact one. */
    BINARY
  }

  /**
   * Writes in a form.
   *
   * @param out is not closed
   */
  static DocumentWriter of(Form form, OutputStream out) throws IOException {
    return switch (form) {
      case JSONL -> new JsonLinesWriter(out);
      case BINARY -> new BinaryWriter(out);
    };
  }

  /** Ends a file that is complete, and flushes the stream. */
  void finish() throws IOException;

  /** Lets go of everything; a file that was not finished stays recognisable as such, if binary. */
  @Override
  void close() throws IOException;
}
