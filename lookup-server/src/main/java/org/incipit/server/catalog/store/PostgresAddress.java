package org.incipit.server.catalog.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database in PostgreSQL is, and as whom one connects.
 *
 * @param url for JDBC, without user and password, so that it may be shown
 */
record PostgresAddress(String url, @Nullable String user, @Nullable String password) {
  private static final Pattern FORM =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?:(?://(?:([^@/?]*)@)?)?([^@?]*)(?:\\?(.*))?");

  /**
   * Reads {@code jdbc:postgresql://user:password@host:port/name?user=…&password=…}, of which
   * everything but the name may be left out. {@code jdbc:} may be, too.
   */
  static PostgresAddress parse(String text) throws CatalogException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || text.startsWith("jdbc:postgres:")) {
      throw new CatalogException(
          "the database must be like jdbc:postgresql://user:password@host:5432/name", null);
    }
    String user = null;
    String password = null;
    String login = matcher.group(1);
    if (login != null) {
      int colon = login.indexOf(':');
      user = decoded(colon < 0 ? login : login.substring(0, colon));
      password = colon < 0 ? null : decoded(login.substring(colon + 1));
    }
    List<String> others = new ArrayList<>();
    String parameters = matcher.group(3);
    for (String parameter : parameters == null ? new String[0] : parameters.split("&", -1)) {
      if (parameter.startsWith("user=")) {
        user = decoded(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = decoded(parameter.substring("password=".length()));
      } else {
        others.add(parameter);
      }
    }
    String place = text.contains("://") ? "//" + matcher.group(2) : matcher.group(2);
    String rest = others.isEmpty() ? "" : "?" + String.join("&", others);
    return new PostgresAddress("jdbc:postgresql:" + place + rest, user, password);
  }

  /** User and password, as far as they are given. */
  Properties login() {
    Properties login = new Properties();
    if (user != null) {
      login.setProperty("user", user);
    }
    if (password != null) {
      login.setProperty("password", password);
    }
    return login;
  }

  private static String decoded(String text) throws CatalogException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new CatalogException("user or password in the database's address: bad %-escape", null);
    }
  }

  @Override
  public String toString() {
    return url;
  }
}
