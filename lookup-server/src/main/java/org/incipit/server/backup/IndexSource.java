package org.incipit.server.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Where the indexes of a directory come from. */
public interface IndexSource extends Closeable {
  /** Their names, sorted. */
  List<String> names() throws IOException;

  /**
   * Writes a snapshot.
   *
   * @return false, and what was written is of no use, if there is no such index any more, or if it
   *     is one of the server's own and damaged: that is made again
   */
  boolean copy(String name, WritableByteChannel to) throws IOException;
}
