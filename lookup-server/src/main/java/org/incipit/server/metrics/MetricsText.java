package org.incipit.server.metrics;

/** Metrics in the text format of Prometheus, 0.0.4. One thread. */
public final class MetricsText {
  /** What {@code Content-Type} is. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(4096);

  /** Something that has metrics. */
  @FunctionalInterface
  public interface Source {
    /** Prints them. Any thread. */
    void print(MetricsText text);
  }

  /**
   * Begins a family, which may stay without samples.
   *
   * @param type counter, gauge or histogram
   */
  public void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /**
   * A sample of the family.
   *
   * @param labels names and values in turn
   */
  public void sample(String name, Number value, String... labels) {
    text.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      text.append(escaped(labels[i + 1])).append('"');
    }
    text.append(labels.length == 0 ? " " : "} ");
    text.append(value).append('\n');
  }

  /** A family with one sample. */
  public void single(String name, String type, String help, Number value) {
    family(name, type, help);
    sample(name, value);
  }

  /** Families in the same format that something else has printed. */
  public void append(String lines) {
    text.append(lines);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
