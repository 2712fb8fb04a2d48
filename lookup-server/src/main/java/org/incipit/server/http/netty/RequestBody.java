package org.incipit.server.http.netty;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request on its way from the loop to the handler. */
interface RequestBody {
  /** Takes over bytes. On the loop. */
  void add(ByteBuf bytes);

  /** There is no more. On the loop. */
  void end();

  /** There will be no more. On the loop. */
  void fail(IOException reason);

  /** The bytes as they came. */
  InputStream stream();
}
