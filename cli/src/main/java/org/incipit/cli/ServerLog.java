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
 * The log of a server on standard error, a line for each record and those of a stack trace. It says
 * nothing before the server has started: what keeps it from that is said in one line, and of what
 * does not, the server tells by itself.
 */
final class ServerLog extends Formatter {
  private final LogFormat format;

  private ServerLog(LogFormat format) {
    this.format = format;
  }

  /** Begins without a word. */
  static void begin(LogFormat format) {
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

  @Override
  public String format(LogRecord event) {
    String message = formatMessage(event) + trace(event.getThrown());
    String level = event.getLevel().getName();
    return switch (format) {
      case TEXT ->
          event.getInstant() + " " + level + " " + event.getLoggerName() + ": " + message + "\n";
      case JSON ->
          "{\"time\":"
              + quoted(event.getInstant().toString())
              + ",\"level\":"
              + quoted(level)
              + ",\"logger\":"
              + quoted(String.valueOf(event.getLoggerName()))
              + (entry(event) instanceof AccessLog.Entry entry
                  ? fields(entry)
                  : ",\"message\":" + quoted(message))
              + "}\n";
    };
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
