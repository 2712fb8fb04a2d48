package org.incipit.server.http;

/**
 * Which handler answers which request. Built before the server starts, then only read.
 *
 * <p>A path is made of segments: static ones come before {@code :name}, which stands for one
 * segment, and that before {@code *name} at the end, which stands for the rest. HEAD is answered by
 * GET's handler without the body, OPTIONS with {@code Allow}, a method that a path does not have
 * with 405.
 */
public final class Router {
  /** Finds what answers a request. Any thread. */
  public Match find(Method method, String path) {
    return new Match.Nothing();
  }
}
