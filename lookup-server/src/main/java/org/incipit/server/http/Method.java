package org.incipit.server.http;

/** The methods that a route can have. A request with any other is answered with 501. */
public enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE,
  OPTIONS
}
