package org.incipit.server.http.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code requests.txt}, whose first lines say how it is written. */
final class RequestTable {
  private static final Pattern REPEATED = Pattern.compile("\\{([0-9]+)\\*(.*?)}");

  private final List<Case> cases = new ArrayList<>();
  private String section = "";
  private String name = "";
  private final StringBuilder bytes = new StringBuilder();
  private final List<Reply> replies = new ArrayList<>();
  private boolean ends;

  private RequestTable() {}

  /** What must come back: status, and the body if one is given. */
  record Reply(int status, String body) {}

  /**
   * A case, bytes as ISO 8859-1.
   *
   * @param ends whether nothing follows
   * @param keeps whether the connection stays open
   */
  record Case(String name, String bytes, boolean ends, List<Reply> replies, boolean keeps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> read() throws IOException {
    RequestTable table = new RequestTable();
    try (InputStream in = RequestTable.class.getResourceAsStream("requests.txt")) {
      new String(in.readAllBytes(), UTF_8).lines().forEach(table::line);
    }
    return table.cases;
  }

  private void line(String line) {
    if (line.startsWith("## ")) {
      section = line.substring(3);
    } else if (line.startsWith("[")) {
      name = section + ": " + line.substring(1, line.lastIndexOf(']'));
      bytes.setLength(0);
      replies.clear();
      ends = false;
    } else if (line.equals("> (end)")) {
      ends = true;
    } else if (line.startsWith("> ")) {
      bytes.append(decoded(line.substring(2)));
    } else if (line.equals("< closes") || line.equals("< keeps")) {
      cases.add(
          new Case(name, bytes.toString(), ends, List.copyOf(replies), line.endsWith("keeps")));
    } else if (line.startsWith("< ")) {
      String body = line.length() > 6 ? decoded(line.substring(6)) : "";
      replies.add(new Reply(Integer.parseInt(line.substring(2, 5)), body));
    } else if (!line.isEmpty() && !line.startsWith("#")) {
      throw new IllegalStateException("no line of the table: " + line);
    }
  }

  private static String decoded(String text) {
    StringBuilder all = new StringBuilder();
    Matcher repeated = REPEATED.matcher(text);
    int from = 0;
    while (repeated.find()) {
      all.append(text, from, repeated.start());
      all.append(repeated.group(2).repeat(Integer.parseInt(repeated.group(1))));
      from = repeated.end();
    }
    return unescaped(all.append(text, from, text.length()).toString());
  }

  private static String unescaped(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        throw new IllegalStateException("write it as an escape: " + text);
      }
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      c = text.charAt(++i);
      switch (c) {
        case 'r' -> bytes.append('\r');
        case 'n' -> bytes.append('\n');
        case 't' -> bytes.append('\t');
        case '\\' -> bytes.append('\\');
        case 'x' -> {
          bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalStateException("no escape: \\" + c);
      }
    }
    return new String(bytes.toString().getBytes(ISO_8859_1), ISO_8859_1);
  }
}
