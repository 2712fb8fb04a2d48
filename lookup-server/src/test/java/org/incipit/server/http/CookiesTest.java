package org.incipit.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.incipit.server.http.Response.Cookie;
import org.junit.jupiter.api.Test;

class CookiesTest {
  @Test
  void pairsAreReadAndEverythingElseIsSkipped() {
    assertEquals(
        Map.of("a", List.of("1"), "b", List.of("x=y"), "c", List.of("q u"), "d", List.of("")),
        Cookies.parse(List.of("a=1; b=x=y;c=\"q u\" ; nothing;; =1", " d=")).asMap());
  }

  @Test
  void ofTwoWithTheSameNameTheFirstCounts() {
    Parameters cookies = Cookies.parse(List.of("a=1; a=2", "a=3"));
    assertEquals("1", cookies.first("a"));
    assertEquals(List.of("1", "2", "3"), cookies.all("a"));
  }

  @Test
  void aCookieIsWrittenWithAllThatItSays() {
    assertEquals("id=7; Path=/; HttpOnly; SameSite=Lax", Cookies.format(Cookie.of("id", "7")));
    assertEquals(
        "id=; Path=/a; Max-Age=0; Secure; SameSite=Lax",
        Cookies.format(new Cookie("id", "", "/a", 0, true, false)));
  }

  @Test
  void aCookieThatWouldSayMoreIsRefused() {
    for (String value : List.of("a;b", "a b", "a,b", "a\"", "a\\", "a\r\n", "\u00e9", "\0")) {
      assertThrows(
          IllegalArgumentException.class, () -> Cookies.format(Cookie.of("id", value)), value);
    }
    for (String name : List.of("", "a=b", "a b", "a;", "\u00e9", "a\n")) {
      assertThrows(
          IllegalArgumentException.class, () -> Cookies.format(Cookie.of(name, "1")), name);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Cookies.format(new Cookie("a", "b", "/;Domain=x", 0, false, false)));
  }

  @Test
  void aHeaderCannotEndItsLine() {
    assertEquals("a\tb \u00e9", HeaderChecks.value("X", "a\tb \u00e9"));
    for (String value : List.of("a\r\nB: c", "a\nb", "a\rb", "\0", "\u007f", "\u20ac", "\u010a")) {
      assertThrows(IllegalArgumentException.class, () -> HeaderChecks.value("X", value), value);
    }
    assertEquals("X-Y_1", HeaderChecks.name("X-Y_1"));
    for (String name : List.of("", "a b", "a:", "a\n", "\u00e9", "(a)")) {
      assertThrows(IllegalArgumentException.class, () -> HeaderChecks.name(name), name);
    }
  }
}
