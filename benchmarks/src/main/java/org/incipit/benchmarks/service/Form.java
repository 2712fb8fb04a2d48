package org.incipit.benchmarks.service;

/** How requests are written. */
enum Form {
  MSGPACK,
  JSON,
  LINES
}
