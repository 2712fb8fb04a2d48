package org.incipit.cli.fpcalc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CNumbersTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "2,2",
        "2.9,2",
        "2x,2",
        "x2,0",
        "\"\",0",
        "\" \t\n\u000b\f\r7\",7",
        "-3,-3",
        "+4,4",
        "+-4,0",
        "--4,0",
        "- 4,0",
        "0x10,0",
        "1e3,1",
        "2147483647,2147483647",
        "2147483648,-2147483648",
        "4294967298,2",
        "99999999999,1215752191",
        "9223372036854775807,-1",
        "9223372036854775808,-1",
        "99999999999999999999,-1",
        "-9223372036854775808,0",
        "-99999999999999999999,0"
      })
  void anIntegerIsItsLongestPrefix(String text, int expected) {
    assertEquals(expected, CNumbers.atoi(bytes(text)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "abc,0",
        "5x,5",
        "\"\",0",
        "1e1,10",
        "0x10,16",
        "inf,Infinity",
        "INFINITY,Infinity",
        "-inf,-Infinity",
        "infinite,Infinity",
        "nan,NaN",
        "-NaN(1),NaN",
        "na,0",
        "in,0",
        "\" 7.5\",7.5",
        "+.5,0.5",
        "5.,5",
        ".,0",
        "-.e1,0",
        "1e,1",
        "1e+,1",
        "1e+2x,100",
        "1E-2,0.01",
        "-1,-1",
        "0x,0",
        "0xg,0",
        "0x.8,0.5",
        "0X1.8P+1,3",
        "0x1p,1",
        "0xAp-1,5",
        "0x1.fp4z,31",
        "1.5.5,1.5",
        "1_000,1",
        "1f,1",
        "1d,1",
        "1e999,Infinity",
        "1e-999,0",
        "0.1,0.1",
        "123456789012345678901234567890,1.2345678901234568E29"
      })
  void aNumberIsItsLongestPrefix(String text, double expected) {
    assertEquals(expected, CNumbers.atof(bytes(text)) + 0.0);
  }

  @Test
  void aWholeNumberHasNothingBehindIt() {
    for (String whole :
        new String[] {"0", "5", " 5", "-1", "1e1", "0x10", "inf", "Infinity", "nan"}) {
      assertTrue(CNumbers.isWholeNumber(bytes(whole)), whole);
    }
    for (String other :
        new String[] {"", " ", "-", "abc", "5x", "5 ", "1e", "0x", "infinit", "."}) {
      assertFalse(CNumbers.isWholeNumber(bytes(other)), other);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.00",
    "-0.0,-0.00",
    "0.125,0.12",
    "0.375,0.38",
    "0.005,0.01",
    "0.015,0.01",
    "2.675,2.67",
    "12.6,12.60",
    "29.995,30.00",
    "1795353624.645,1795353624.64",
    "0.994999,0.99",
    "0.995,0.99",
    "0.996,1.00",
    "-1.5,-1.50",
    "-0.001,-0.00",
    "4.9E-324,0.00",
    "1e15,1000000000000000.00",
    "4503599627370495.5,4503599627370495.50",
    "1e22,10000000000000000000000.00"
  })
  void twoDecimalsAreThoseOfTheExactBinaryValue(double value, String expected) {
    assertEquals(expected, fixed2(value));
  }

  @Test
  void twoDecimalsAgreeWithExactArithmetic() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200_000; i++) {
      double value = random.nextDouble() * Math.scalb(1.0, random.nextInt(80) - 20);
      if (i % 3 == 0) {
        value = Math.rint(value * 1000) / 1000; // ties and their neighbours
      } else if (i % 3 == 1) {
        value = Math.rint(value * 8) / 8;
      }
      String exact = new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
      assertEquals(exact, fixed2(value), "seed " + SEED + ", value " + value);
    }
  }

  private static String fixed2(double value) {
    ByteText text = new ByteText();
    CNumbers.appendFixed2(text, value);
    return new String(text.toArray(), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
