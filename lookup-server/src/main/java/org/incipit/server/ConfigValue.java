package org.incipit.server;

import java.lang.reflect.RecordComponent;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incipit.server.acoustid.TrustedProxies;
import org.incipit.server.net.NetAddress;

/** Reads values of settings: text becomes what the component holds. */
final class ConfigValue {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\*");

  private final RecordComponent component;
  private final Setting setting;

  ConfigValue(RecordComponent component) {
    this.component = component;
    setting = component.getAnnotation(Setting.class);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what it must be
   */
  Object parse(String text) {
    Class<?> type = component.getType();
    if (type == int.class) {
      return Math.toIntExact(number(text));
    }
    if (type == long.class) {
      return number(text);
    }
    if (type == Duration.class) {
      return Duration.ofMillis(number(text));
    }
    if (type == boolean.class) {
      return flag(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type == Optional.class) {
      return text.isEmpty() ? Optional.empty() : Optional.of(path(text));
    }
    if (type == List.class) {
      return addresses(text);
    }
    if (type == Set.class) {
      return hosts(text);
    }
    if (type == TrustedProxies.class) {
      return TrustedProxies.of(words(text));
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    return text;
  }

  private long number(String text) {
    long value = -1;
    if (text.matches("[0-9]{1,18}")) {
      value = Long.parseLong(text);
    }
    if (value < setting.least() || value > setting.most()) {
      throw new IllegalArgumentException("must be a whole number " + bounds());
    }
    return value;
  }

  private String bounds() {
    String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
    return setting.most() >= Integer.MAX_VALUE
        ? "from " + setting.least() + unit + " on"
        : "from " + setting.least() + " to " + setting.most() + unit;
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0", "" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must be a path");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be a path", e);
    }
  }

  /** What stands between commas; nothing in a blank text. */
  private static List<String> words(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static List<NetAddress> addresses(String text) {
    List<NetAddress> addresses = new ArrayList<>();
    for (String one : words(text)) {
      addresses.add(NetAddress.parse(one));
    }
    return List.copyOf(addresses);
  }

  private static Set<String> hosts(String text) {
    Set<String> hosts = new LinkedHashSet<>();
    for (String host : words(text)) {
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException("must be names of hosts, without ports, or *");
      }
      hosts.add(host);
    }
    return Collections.unmodifiableSet(hosts);
  }

  private static Object constant(Class<?> type, String text) {
    List<?> all = Arrays.asList(type.getEnumConstants());
    for (Object one : all) {
      if (one.toString().equalsIgnoreCase(text)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        "must be "
            + all.stream()
                .map(one -> one.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or ")));
  }
}
