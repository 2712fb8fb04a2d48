package org.incipit.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers of options. What is none, or beyond its bounds, is refused with what is wanted. */
final class Numbers {
  private Numbers() {}

  /** Of things, at least one. */
  static final class Count extends Whole {
    Count() {
      super(1, Integer.MAX_VALUE);
    }
  }

  /** Of things or seconds, maybe none. */
  static final class AnyWhole extends Whole {
    AnyWhole() {
      super(0, Integer.MAX_VALUE);
    }
  }

  /** Of threads. */
  static final class Threads extends Whole {
    Threads() {
      super(1, 1024);
    }
  }

  /** For an answer from the network, whose clocks count milliseconds in an int: up to a day. */
  static final class Seconds extends Whole {
    Seconds() {
      super(1, 24 * 60 * 60);
    }
  }

  /** From 0 to 1. */
  static final class Score implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double score = Double.NaN;
      if (text.matches("[0-9]{1,9}(\\.[0-9]*)?|\\.[0-9]+")) {
        score = Double.parseDouble(text);
      }
      if (score >= 0 && score <= 1) {
        return score;
      }
      throw refusal("must be a number from 0 to 1", text);
    }
  }

  abstract static class Whole implements ITypeConverter<Integer> {
    private final int least;
    private final int most;

    Whole(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
      if (number >= least && number <= most) {
        return (int) number;
      }
      String bounds = most == Integer.MAX_VALUE ? " on" : " to " + most;
      throw refusal("must be a whole number from " + least + bounds, text);
    }
  }

  private static TypeConversionException refusal(String wanted, String got) {
    return new TypeConversionException(wanted + " (got \"" + got + "\")");
  }
}
