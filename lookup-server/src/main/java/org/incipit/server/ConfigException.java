package org.incipit.server;

/** A setting that cannot be used; says where it came from and what is wrong, in one line. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  ConfigException(String message) {
    super(message, null, false, false);
  }
}
