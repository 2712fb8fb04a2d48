package org.incipit.server.index.transfer;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.incipit.server.index.change.Change;
import org.jspecify.annotations.Nullable;

/** Reads documents from a stream. One thread. */
public interface DocumentReader extends Closeable {
  /** The most hashes that a document may have. */
  int MOST_HASHES = 1 << 24;

  /**
   * Reads the form that the first bytes tell.
   *
   * @param in is not closed
   */
  static DocumentReader of(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(8);
    byte[] head = buffered.readNBytes(8);
    buffered.reset();
    boolean binary =
        head.length == 8
            && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong() == BinaryWriter.MAGIC;
    return binary ? new BinaryReader(buffered) : new JsonLinesReader(buffered);
  }

  /**
   * The next document, null at the end.
   *
   * @throws DocumentFormatException if the stream is damaged or ends too early
   */
  Change.@Nullable Insert next() throws IOException;
}
