package org.incipit.server.acoustid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.incipit.server.catalog.Keys.Kind;
import org.junit.jupiter.api.Test;

/** Keys, and addresses behind proxies. */
class WhoAsksTest {
  private long nanos;

  @Test
  void theLastHopThatIsNotTrustedIsTheClient() {
    TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "::1", "unix"));
    assertEquals("1.2.3.4", proxies.client("1.2.3.4", List.of("9.9.9.9")));
    assertEquals("9.9.9.9", proxies.client("10.1.2.3", List.of("9.9.9.9")));
    assertEquals("9.9.9.9", proxies.client("::1", List.of("8.8.8.8", "9.9.9.9, 10.0.0.1")));
    assertEquals("8.8.8.8", proxies.client("unix", List.of("evil, 8.8.8.8:443")));
    assertEquals("10.0.0.2", proxies.client("10.0.0.1", List.of("10.0.0.2")));
    assertEquals("10.0.0.1", proxies.client("10.0.0.1", List.of("nonsense")));
    assertEquals("10.0.0.1", proxies.client("10.0.0.1", List.of()));
    assertEquals("2001:db8:0:0:0:0:0:1", proxies.client("::1", List.of("[2001:db8::1]:80")));
    assertEquals("unix", TrustedProxies.NONE.client("unix", List.of("9.9.9.9")));
  }

  @Test
  void networksEndWhereTheirBitsDo() {
    TrustedProxies proxies = TrustedProxies.of(List.of("192.168.4.0/22", "2001:db8::/33"));
    assertEquals("9.9.9.9", proxies.client("192.168.7.255", List.of("9.9.9.9")));
    assertEquals("192.168.8.0", proxies.client("192.168.8.0", List.of("9.9.9.9")));
    assertEquals("9.9.9.9", proxies.client("2001:db8:7fff::1", List.of("9.9.9.9")));
    assertEquals("2001:db8:8000::1", proxies.client("2001:db8:8000::1", List.of("9.9.9.9")));
  }

  @Test
  void whatIsNoNetworkIsNamed() {
    for (String text : List.of("", "host", "10.0.0.0/33", "10.0.0.0/", "/8", "1.2.3.4/-1")) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> TrustedProxies.of(List.of(text)), text);
      assertTrue(e.getMessage().endsWith("(got \"" + text + "\")"), e.getMessage());
    }
  }

  @Test
  void aKeyThatIsRevokedCountsForAMinuteMoreAndANewOneAtOnce() throws Exception {
    List<String> valid = new ArrayList<>(List.of("old"));
    KnownKeys keys =
        new KnownKeys(
            (kind, key) -> valid.contains(key) ? OptionalLong.of(5) : OptionalLong.empty(),
            true,
            () -> nanos);
    assertEquals(5, keys.find(Kind.USER, "old").orElseThrow());
    assertEquals(true, keys.find(Kind.USER, "new").isEmpty());
    valid.remove("old");
    valid.add("new");
    assertEquals(true, keys.find(Kind.USER, "new").isPresent());
    nanos += 59_000_000_000L;
    assertEquals(true, keys.find(Kind.USER, "old").isPresent());
    nanos += 1_000_000_000L;
    assertEquals(true, keys.find(Kind.USER, "old").isEmpty());
    assertEquals(true, keys.find(Kind.APPLICATION, "old").isEmpty());
  }

  @Test
  void whatNobodyKnowsIsNotAskedForAgainAtOnceWhereAnyKeyWillDo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    KnownKeys keys =
        new KnownKeys(
            (_, _) -> {
              asked.incrementAndGet();
              return OptionalLong.empty();
            },
            false,
            () -> nanos);
    assertEquals(true, keys.find(Kind.USER, "any").isEmpty());
    nanos += 999_999_999L;
    assertEquals(true, keys.find(Kind.USER, "any").isEmpty());
    assertEquals(1, asked.get());
    nanos += 1L;
    assertEquals(true, keys.find(Kind.USER, "any").isEmpty());
    assertEquals(2, asked.get());
    assertEquals(true, keys.find(Kind.APPLICATION, "any").isEmpty());
    assertEquals(3, asked.get());
  }

  @Test
  void whatHasNotTheFormOfAKeyIsRefusedAndNotKeptWhereAnyKeyWillDo() throws Exception {
    KnownKeys keys = new KnownKeys((_, _) -> OptionalLong.empty(), false, () -> nanos);
    RateLimits limits = new RateLimits(AcoustidConfig.DEFAULT);
    for (String bad : List.of("k".repeat(101), "a%20b", "%c3%a9", "a%00")) {
      Call call =
          new Call(
              Query.of("client=" + bad + "&user=" + bad),
              "9.9.9.9",
              false,
              limits,
              new LongAnswers().turn());
      assertEquals(4, assertThrows(ApiError.class, () -> keys.application(call)).code());
      assertEquals(6, assertThrows(ApiError.class, () -> keys.user(call)).code());
    }
    assertEquals(0, keys.size());
    String longest = "k".repeat(100);
    Call call =
        new Call(Query.of("client=" + longest), "9.9.9.9", false, limits, new LongAnswers().turn());
    assertEquals(longest, keys.application(call));
  }

  @Test
  void whatHoldsNoMoreIsForgotten() throws Exception {
    KnownKeys keys =
        new KnownKeys(
            (_, key) -> key.equals("known") ? OptionalLong.of(1) : OptionalLong.empty(),
            false,
            () -> nanos);
    var _ = keys.find(Kind.USER, "known");
    for (int i = 0; i < 100; i++) {
      var _ = keys.find(Kind.USER, "any" + i);
    }
    assertEquals(101, keys.size());
    nanos += 1_000_000_000L;
    var _ = keys.find(Kind.USER, "another");
    assertEquals(2, keys.size());
    for (int i = 0; i < 20_000; i++) {
      var _ = keys.find(Kind.USER, "many" + i);
    }
    assertTrue(keys.size() <= 10_000, keys.size() + " keys");
  }

  @Test
  void whoTriesKeysHasARateBeforeTheCatalogueIsAsked() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    KnownKeys keys =
        new KnownKeys(
            (_, key) -> {
              asked.incrementAndGet();
              return key.equals("good") ? OptionalLong.of(1) : OptionalLong.empty();
            },
            true,
            () -> nanos);
    RateLimits limits =
        new RateLimits(new AcoustidConfig("", true, true, 0, 0, 1, TrustedProxies.NONE));
    int codes = 0;
    for (int i = 0; i < 100; i++) {
      Call call =
          new Call(
              Query.of("client=wrong" + i), "9.9.9.9", false, limits, new LongAnswers().turn());
      int code = assertThrows(ApiError.class, () -> keys.application(call)).code();
      codes += code == 14 ? 1 : 0;
    }
    assertEquals(100 - codes, asked.get());
    assertEquals(true, codes > 50, codes + " of 100");
    Call other =
        new Call(Query.of("client=good"), "8.8.8.8", false, limits, new LongAnswers().turn());
    assertEquals("good", keys.application(other));
    for (int i = 1; i < 20; i++) {
      Call more =
          new Call(Query.of("client=good"), "8.8.8.8", false, limits, new LongAnswers().turn());
      assertEquals("good", keys.application(more));
      more.admit("good");
    }
    other.admit("good");
  }

  @Test
  void aBasePathIsAPath() {
    for (String bad : List.of("/", "a", "/a/", "//a", "/:a", "/a b")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new AcoustidConfig(bad, false, true, 0, 0, 0, TrustedProxies.NONE),
          bad);
    }
  }
}
