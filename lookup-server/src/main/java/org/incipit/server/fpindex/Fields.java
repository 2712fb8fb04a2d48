package org.incipit.server.fpindex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that the keys of a map may have, with different first letters. Immutable. */
final class Fields {
  private final String[] names;
  private final boolean[] nullable;

  private Fields(List<String> declared) {
    names = new String[declared.size()];
    nullable = new boolean[names.length];
    for (int i = 0; i < names.length; i++) {
      String name = declared.get(i);
      nullable[i] = name.endsWith("?");
      names[i] = nullable[i] ? name.substring(0, name.length() - 1) : name;
      if (startingWith(name.charAt(0)) != i) {
        throw new IllegalArgumentException("two fields begin with " + name.charAt(0));
      }
    }
  }

  /** Declares fields; a name that ends in a question mark may be null in JSON, too. */
  static Fields of(String... declared) {
    return new Fields(List.of(declared));
  }

  /** The place of the field with this first letter, -1 if there is none. */
  int startingWith(int letter) {
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      if (name != null && name.charAt(0) == letter) {
        return i;
      }
    }
    return -1;
  }

  /** The place of the field of this name, -1 if there is none. */
  int named(@Nullable String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The name of the field at a place. */
  String name(int place) {
    return names[place];
  }

  /** Whether the field at a place may be null in JSON. */
  boolean isNullable(int place) {
    return nullable[place];
  }
}
