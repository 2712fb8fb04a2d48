package org.incipit.server;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A setting as one gives it.
 *
 * @param name {@code legacy-port}, its key in a file
 * @param value what stands for the value in the help
 * @param help one sentence without its full stop
 * @param standard if nobody says anything, with its unit; empty for none
 * @param isSwitch whether the flag alone says yes
 */
public record ConfigOption(
    String name, String value, String help, String standard, boolean isSwitch) {
  /** All there are, in the order of {@link ServerConfig}. */
  public static List<ConfigOption> all() {
    return Arrays.stream(ServerConfig.class.getRecordComponents()).map(ConfigOption::of).toList();
  }

  static ConfigOption of(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    String unit = setting.unit();
    String standard = setting.standard();
    return new ConfigOption(
        name(component),
        unit.isEmpty() ? setting.value() : unit.toUpperCase(Locale.ROOT),
        setting.help() + (setting.planned() ? " (not yet)" : ""),
        standard.isEmpty() || unit.isEmpty() ? standard : standard + " " + unit,
        component.getType() == boolean.class);
  }

  private static String name(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** {@code --legacy-port}. */
  public String flag() {
    return "--" + name;
  }

  /** {@code INCIPIT_LEGACY_PORT}. */
  public String variable() {
    return "INCIPIT_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
