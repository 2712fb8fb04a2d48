package org.incipit.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A router finds what trying every route finds. {@code -Dtests.routers=N} tries as many. */
class RouterLawsTest {
  private static final long SEED = Long.getLong("tests.seed", 20261122L);
  private static final int ROUTERS = Integer.getInteger("tests.routers", 300);
  private static final String[] WORDS = {"a", "b", "ab", "", "a/b", "\u00e9", ":", "%"};

  private int found;
  private int others;
  private int nothing;

  @Test
  void everyPathLeadsToTheMostSpecificRouteThatMatches() {
    for (int i = 0; i < ROUTERS; i++) {
      long seed = SEED + i;
      try {
        oneRouter(new SplittableRandom(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-Dtests.seed=" + seed + " -Dtests.routers=1", e);
      }
    }
    assertTrue(Math.min(found, Math.min(others, nothing)) > 10 * ROUTERS);
  }

  private void oneRouter(SplittableRandom random) {
    Router router = new Router();
    List<Route> routes = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = random.nextInt(1, 14); i > 0; i--) {
      Method method = Method.values()[random.nextInt(Method.values().length)];
      String path = pattern(random);
      String shape = method + path.replaceAll(":[^/]+", ":").replaceAll("\\*.*", "*");
      if (taken.add(shape)) {
        router.route(method, path, RunsOn.COMPUTE, (_, _) -> {});
        routes.add(
            new Route(
                method, path, RunsOn.COMPUTE, (_, _) -> {}, null, 0, ErrorAnswer.Format.TEXT));
      }
    }
    for (int i = 0; i < 200; i++) {
      List<String> segments = new ArrayList<>();
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        segments.add(WORDS[random.nextInt(WORDS.length)]);
      }
      Method method = Method.values()[random.nextInt(Method.values().length)];
      check(router, routes, method, segments);
    }
  }

  private static String pattern(SplittableRandom random) {
    StringBuilder path = new StringBuilder();
    int length = random.nextInt(1, 5);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(i + 1 == length ? 7 : 6)) {
        case 0, 1 -> path.append("/:").append((char) ('p' + i));
        case 6 -> path.append("/*rest");
        default -> path.append('/').append(List.of("a", "b", "ab", "").get(random.nextInt(4)));
      }
    }
    return path.toString();
  }

  private void check(Router router, List<Route> routes, Method method, List<String> segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(URLEncoder.encode(segment, StandardCharsets.UTF_8));
    }
    Route best = null;
    Set<Method> methods = EnumSet.noneOf(Method.class);
    for (Route route : routes) {
      if (rank(route, segments) != null) {
        methods.add(route.method());
        boolean head = method == Method.HEAD && route.method() == Method.GET;
        if (route.method() == method || head) {
          int order = best == null ? -1 : rank(route, segments).compareTo(rank(best, segments));
          best = order < 0 || (order == 0 && !head) ? route : best;
        }
      }
    }
    String of = method + " " + path;
    switch (router.find(method, path.toString())) {
      case Match.Found(Route route, Parameters values) -> {
        found++;
        assertEquals(best == null ? "none" : best.path(), route.path(), of);
        assertEquals(best.method(), route.method(), of);
        assertEquals(values(route, segments), new TreeMap<>(values.asMap()), of);
      }
      case Match.OtherMethods(List<Method> allowed, _) -> {
        others++;
        assertEquals(null, best, of);
        methods.add(Method.OPTIONS);
        if (methods.contains(Method.GET)) {
          methods.add(Method.HEAD);
        }
        assertEquals(methods, EnumSet.copyOf(allowed), of);
      }
      case Match.Nothing _ -> {
        nothing++;
        assertEquals(Set.of(), methods, of);
      }
    }
  }

  /** One letter for each segment, smaller for what is more specific; null if it does not match. */
  private static String rank(Route route, List<String> segments) {
    String[] parts = route.path().substring(1).split("/", -1);
    StringBuilder rank = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      if (i >= segments.size()) {
        return null;
      } else if (parts[i].startsWith("*")) {
        return rank + "3";
      } else if (parts[i].startsWith(":") && !segments.get(i).isEmpty()) {
        rank.append('2');
      } else if (parts[i].equals(segments.get(i))) {
        rank.append('1');
      } else {
        return null;
      }
    }
    return parts.length == segments.size() ? rank.toString() : null;
  }

  private static Map<String, List<String>> values(Route route, List<String> segments) {
    Map<String, List<String>> values = new TreeMap<>();
    String[] parts = route.path().substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith(":")) {
        values.put(parts[i].substring(1), List.of(segments.get(i)));
      } else if (parts[i].startsWith("*")) {
        String rest = String.join("/", segments.subList(i, segments.size()));
        values.put(parts[i].substring(1), List.of(rest));
      }
    }
    return values;
  }
}
