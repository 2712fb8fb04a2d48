package org.incipit.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.incipit.server.LogFormat;
import org.incipit.server.http.middleware.AccessLog;
import org.jspecify.annotations.Nullable;

/**
 * The log of a server on standard error, a line for each record and those of a stack trace. Before
 * the server has started, only the command itself says something, since what keeps a server from
 * starting is said in one line.
 */
final class ServerLog extends Formatter {
  /** What the command itself says. As text it is for who has started it, and stands alone. */
  private static final Logger OWN = Logger.getLogger("org.incipit.serve");

  private final LogFormat format;

  private ServerLog(LogFormat format) {
    this.format = format;
  }

  /** Begins without a word of others. */
  static void begin(LogFormat format) {
    OWN.setLevel(Level.INFO);
    Logger root = LogManager.getLogManager().getLogger("");
    root.setLevel(Level.OFF);
    for (Handler handler : root.getHandlers()) {
      handler.setFormatter(new ServerLog(format));
    }
  }

  /** From now on it says what there is to say. */
  static void open() {
    LogManager.getLogManager().getLogger("").setLevel(Level.INFO);
  }

  /** Something that whoever has started the server wants to know. */
  static void say(String line) {
    OWN.log(Level.INFO, line);
  }

  /** Something that somebody should look after. */
  static void warn(String line) {
    OWN.log(Level.WARNING, line);
  }

  @Override
  public String format(LogRecord event) {
    return format == LogFormat.JSON ? json(event) : text(event);
  }

  private String text(LogRecord event) {
    String message = formatMessage(event) + trace(event.getThrown()) + "\n";
    String level = event.getLevel().getName();
    if (OWN.getName().equals(event.getLoggerName())) {
      return event.getLevel().equals(Level.INFO) ? message : level + ": " + message;
    }
    return event.getInstant() + " " + level + " " + event.getLoggerName() + ": " + message;
  }

  private String json(LogRecord event) {
    String what =
        entry(event) instanceof AccessLog.Entry entry
            ? fields(entry)
            : ",\"message\":" + quoted(formatMessage(event) + trace(event.getThrown()));
    return "{\"time\":"
        + quoted(event.getInstant().toString())
        + ",\"level\":"
        + quoted(event.getLevel().getName())
        + ",\"logger\":"
        + quoted(String.valueOf(event.getLoggerName()))
        + what
        + "}\n";
  }

  /** Of the log of requests. */
  private static @Nullable Object entry(LogRecord event) {
    Object[] parameters = event.getParameters();
    return parameters == null || parameters.length == 0 ? null : parameters[0];
  }

  private static String fields(AccessLog.Entry entry) {
    return ",\"client\":"
        + quoted(entry.client())
        + ",\"method\":"
        + quoted(entry.method().name())
        + ",\"path\":"
        + quoted(entry.path())
        + ",\"status\":"
        + entry.status()
        + ",\"bytes\":"
        + entry.bytes()
        + ",\"micros\":"
        + entry.micros()
        + ",\"complete\":"
        + entry.complete();
  }

  private static String trace(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return "\n" + text.toString().stripTrailing();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ') {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
