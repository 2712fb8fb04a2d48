package org.incipit.server.acoustid.client;

import java.io.Closeable;
import java.io.IOException;

/** Takes requests to a service and brings its answers. Any number of threads, which wait. */
public interface Transport extends Closeable {
  /**
   * Sends a request.
   *
   * @param method of the service: {@code lookup}
   * @param form its parameters, {@code name=value&name=value}, in ASCII
   * @param asks whether sending twice is as good as once
   * @return JSON, of an error maybe
   */
  byte[] post(String method, byte[] form, boolean asks) throws IOException;
}
