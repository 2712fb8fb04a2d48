package org.incipit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

class NumbersTest {
  private static void refuses(ITypeConverter<?> numbers, String wanted, String... texts) {
    for (String text : texts) {
      TypeConversionException e =
          assertThrows(TypeConversionException.class, () -> numbers.convert(text), text);
      assertEquals("must be a " + wanted + " (got \"" + text + "\")", e.getMessage());
    }
  }

  @Test
  void wholeNumbersHaveBounds() throws Exception {
    assertEquals(1, new Numbers.Count().convert("1"));
    assertEquals(2147483647, new Numbers.Count().convert("2147483647"));
    assertEquals(0, new Numbers.AnyWhole().convert("0"));
    assertEquals(1024, new Numbers.Threads().convert("1024"));
    assertEquals(86400, new Numbers.Seconds().convert("86400"));
    String[] none = {
      "", "-1", "x", "1.5", "0x1", " 1", "1e3", "\u0661", "2147483648", "9".repeat(40)
    };
    refuses(new Numbers.Count(), "whole number from 1 on", none);
    refuses(new Numbers.Count(), "whole number from 1 on", "0");
    refuses(new Numbers.AnyWhole(), "whole number from 0 on", none);
    refuses(new Numbers.Threads(), "whole number from 1 to 1024", "0", "1025");
    refuses(new Numbers.Seconds(), "whole number from 1 to 86400", "0", "86401");
  }

  @Test
  void aScoreIsBetweenNothingAndAll() throws Exception {
    for (String text : List.of("0", "0.0", "0.75", ".5", "1", "1.", "1.000")) {
      assertEquals(Double.parseDouble(text), new Numbers.Score().convert(text));
    }
    refuses(
        new Numbers.Score(),
        "number from 0 to 1",
        "NaN",
        "-0.1",
        "1.01",
        "2",
        "0,5",
        "",
        ".",
        "Infinity",
        "1e-3",
        "0x1p-1",
        "0.5f");
  }
}
