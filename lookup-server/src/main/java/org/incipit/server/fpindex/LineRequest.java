package org.incipit.server.fpindex;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the line protocol: words between spaces, of which several count as one.
 *
 * @param command the first word; empty if there is none
 * @param arguments the others
 */
record LineRequest(String command, List<String> arguments) {
  static LineRequest parse(String line) {
    List<String> words = new ArrayList<>(4);
    int at = 0;
    while (at < line.length()) {
      int space = line.indexOf(' ', at);
      int end = space < 0 ? line.length() : space;
      if (end > at) {
        words.add(line.substring(at, end));
      }
      at = end + 1;
    }
    if (words.isEmpty()) {
      return new LineRequest("", List.of());
    }
    return new LineRequest(words.getFirst(), words.subList(1, words.size()));
  }

  /** Refuses all but so many arguments. */
  List<String> arguments(int count) throws LineError {
    return require(arguments, count);
  }

  /** The same; the word {@code attribute} may stand before them. */
  List<String> attributeArguments(int count) throws LineError {
    boolean named = arguments.size() == count + 1 && arguments.getFirst().equals("attribute");
    return require(named ? arguments.subList(1, count + 1) : arguments, count);
  }

  private static List<String> require(List<String> arguments, int count) throws LineError {
    if (arguments.size() != count) {
      throw new LineError(count == 1 ? "expected one argument" : "expected two arguments");
    }
    return arguments;
  }
}
