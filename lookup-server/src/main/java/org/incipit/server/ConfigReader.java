package org.incipit.server;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.incipit.server.acoustid.AcoustidConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.net.NetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link ServerConfig} of what is given: a flag comes before an environment variable, that
 * before a key of the file, that before the default. What is wrong is said with where it came from.
 */
public final class ConfigReader {
  private static final String FILE_VARIABLE = "INCIPIT_CONFIG";

  /** For the launcher. */
  private static final String JAVA_VARIABLE = "INCIPIT_JAVA_OPTIONS";

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final Map<String, String> file = new LinkedHashMap<>();
  private @Nullable Path path;

  /** A value and where it came from; empty if it is the default. */
  private record Given(String text, String source) {}

  private ConfigReader(Map<String, String> flags, Map<String, String> environment) {
    this.flags = flags;
    this.environment = environment;
  }

  /**
   * Reads all settings.
   *
   * @param flags values by {@link ConfigOption#name}
   * @param path of the properties file; null for what {@code INCIPIT_CONFIG} says, or none
   * @throws ConfigException if one cannot be used
   * @throws IOException if the file cannot be read
   */
  public static ServerConfig read(
      Map<String, String> flags, Map<String, String> environment, @Nullable Path path)
      throws ConfigException, IOException {
    ConfigReader reader = new ConfigReader(flags, environment);
    String named = environment.get(FILE_VARIABLE);
    if (path != null) {
      reader.readFile(path);
    } else if (named != null && !named.isEmpty()) {
      reader.readFile(Path.of(named));
    }
    return reader.config();
  }

  /** The name that is meant by one that there is not; empty if nothing comes near. */
  public static String nearest(String name, Collection<String> names) {
    String nearest = "";
    int least = Math.max(2, name.length() / 3) + 1;
    for (String candidate : names) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static String suggestion(String name, Collection<String> names) {
    String nearest = nearest(name, names);
    return nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
  }

  /** Letters to insert, remove and replace (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[other.length()];
  }

  private void readFile(Path path) throws ConfigException, IOException {
    this.path = path;
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException("the settings file " + path + " is not there");
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new ConfigException(path + " is no properties file in UTF-8: " + e.getMessage());
    } catch (IOException e) {
      throw new ConfigException(
          "the settings file " + path + " cannot be read: " + FileFailure.describe(e));
    }
    List<String> names = ConfigOption.all().stream().map(ConfigOption::name).toList();
    for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
      if (!names.contains(key)) {
        throw new ConfigException("unknown key " + key + " in " + path + suggestion(key, names));
      }
      file.put(key, properties.getProperty(key));
    }
  }

  private ServerConfig config() throws ConfigException {
    RecordComponent[] components = ServerConfig.class.getRecordComponents();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : components) {
      values.add(value(component));
    }
    requireOneOf("listen", "host");
    requireOneOf("listen", "port");
    requireOneOf("legacy-listen", "legacy-port");
    requireBoth("tls-cert", "tls-key");
    requireBoth("tls-key", "tls-cert");
    requireBoth("database-password-file", "database");
    ServerConfig config = create(components, values);
    if (!NetAddress.Tcp.isHost(config.host())) {
      throw refusal("host", "must be a name or an address, without a port", config.host());
    }
    if (!IndexCatalog.isName(config.legacyIndex())) {
      throw refusal("legacy-index", "must be 1..255 of A-Z a-z 0-9 _ -", config.legacyIndex());
    }
    if (!AcoustidConfig.isBasePath(config.basePath())) {
      throw refusal("base-path", "must be like /acoustid, with no slash behind", config.basePath());
    }
    return config;
  }

  private Object value(RecordComponent component) throws ConfigException {
    Setting setting = component.getAnnotation(Setting.class);
    ConfigOption option = ConfigOption.of(component);
    Given given = given(option);
    if (given != null && setting.planned()) {
      throw new ConfigException(
          option.name() + " is not supported yet (from " + given.source() + ")");
    }
    String text = given == null ? setting.standard() : given.text();
    try {
      return new ConfigValue(component).parse(text);
    } catch (IllegalArgumentException e) {
      // What reads an address says by itself what it got.
      String wanted = String.valueOf(e.getMessage()).replace(" (got \"" + text + "\")", "");
      throw refusal(option.name(), wanted, text);
    }
  }

  private ConfigException refusal(String name, String wanted, String got) {
    Given given = given(name);
    String source = given == null ? "the default" : given.source();
    return new ConfigException(name + ": " + wanted + " (got \"" + got + "\" from " + source + ")");
  }

  private @Nullable Given given(ConfigOption option) {
    String flag = flags.get(option.name());
    if (flag != null) {
      return new Given(flag, option.flag());
    }
    String variable = environment.get(option.variable());
    if (variable != null) {
      return new Given(variable, option.variable());
    }
    String key = file.get(option.name());
    return key == null ? null : new Given(key.strip(), "key " + option.name() + " of " + path);
  }

  private @Nullable Given given(String name) {
    for (ConfigOption option : ConfigOption.all()) {
      if (option.name().equals(name)) {
        return given(option);
      }
    }
    throw new IllegalArgumentException("no setting " + name);
  }

  private void requireOneOf(String one, String other) throws ConfigException {
    Given first = given(one);
    Given second = given(other);
    if (first != null && second != null) {
      throw new ConfigException(
          one
              + " (from "
              + first.source()
              + ") and "
              + other
              + " (from "
              + second.source()
              + ") exclude each other");
    }
  }

  private void requireBoth(String one, String other) throws ConfigException {
    Given first = given(one);
    if (first != null && given(other) == null) {
      throw new ConfigException(one + " (from " + first.source() + ") needs " + other + ", too");
    }
  }

  private static ServerConfig create(RecordComponent[] components, List<Object> values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<ServerConfig> constructor = ServerConfig.class.getDeclaredConstructor(types);
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("ServerConfig is no record any more", e);
    }
  }

  /** Variables of the environment that look like settings and are none. */
  public static List<String> unknownVariables(Map<String, String> environment) {
    List<String> known =
        ConfigOption.all().stream()
            .map(ConfigOption::variable)
            .collect(Collectors.toCollection(ArrayList::new));
    known.addAll(List.of(FILE_VARIABLE, JAVA_VARIABLE));
    return environment.keySet().stream()
        .filter(name -> name.startsWith("INCIPIT_") && !known.contains(name))
        .map(name -> name + suggestion(name, known))
        .sorted()
        .toList();
  }
}
