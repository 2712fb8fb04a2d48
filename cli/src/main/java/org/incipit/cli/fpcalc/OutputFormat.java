package org.incipit.cli.fpcalc;

/** How results are laid out. */
enum OutputFormat {
  TEXT,
  JSON,
  PLAIN
}
