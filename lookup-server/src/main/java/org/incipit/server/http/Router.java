package org.incipit.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers which request. Built by one thread before the server starts, then only
 * read, by any.
 *
 * <p>A path is made of segments: static ones come before {@code :name}, which stands for one
 * segment that is not empty, and that before {@code *name} at the end, which stands for the rest,
 * even an empty one. Segments are compared and captured decoded; an escaped slash separates none.
 * HEAD is answered by GET's handler without the body, OPTIONS with {@code Allow}, a method that a
 * path does not have with 405, unless there is a route for it.
 *
 * <p>What is said by {@link #use}, {@link #maxBodyBytes} and {@link #ignoreExtraSlashes} comes
 * first in a group and holds for its routes and the groups in it; {@code use} and {@link #errors}
 * for paths that do not exist, too.
 */
public final class Router {
  private static final String NOT_FOUND = "there is no such path";
  private static final String MALFORMED = "the path is not percent-encoded UTF-8";

  private final RouteTree tree;
  private final List<Router> groups;
  private final String prefix;
  private final @Nullable RoutePattern area;
  private final List<Middleware> middleware;
  private ErrorAnswer.Format errors;
  private long maxBodyBytes;
  private boolean slashesIgnored;
  private boolean begun;
  private Match.Nothing notFound;
  private Match.Nothing malformed;
  private Match.OtherMethods ofServer;

  /** A router without routes. */
  public Router() {
    this(new RouteTree(), new ArrayList<>(), "", List.of(), ErrorAnswer.Format.TEXT);
  }

  private Router(
      RouteTree tree,
      List<Router> groups,
      String prefix,
      List<Middleware> outer,
      ErrorAnswer.Format errors) {
    this.tree = tree;
    this.groups = groups;
    this.prefix = prefix;
    this.area = prefix.isEmpty() ? null : RoutePattern.of(prefix);
    this.middleware = new ArrayList<>(outer);
    this.errors = errors;
    this.notFound = nothing(404, NOT_FOUND);
    this.malformed = nothing(400, MALFORMED);
    this.ofServer = otherMethods(Method.OPTIONS, "*", List.of(Method.values()));
  }

  /**
   * Puts middleware around what follows, the first outermost, all inside that of outer groups.
   *
   * @throws IllegalStateException if the group has a route already
   */
  public Router use(Middleware... inner) {
    if (begun) {
      throw new IllegalStateException("middleware must come before the routes of its group");
    }
    middleware.addAll(List.of(inner));
    answerOthers();
    return this;
  }

  /**
   * Writes errors so that no handler and no middleware of what follows has seen: of bodies that are
   * malformed, of requests whose time is over or that there is no room for.
   */
  public Router errors(ErrorAnswer.Format format) {
    errors = format;
    answerOthers();
    return this;
  }

  private void answerOthers() {
    notFound = nothing(404, NOT_FOUND);
    malformed = nothing(400, MALFORMED);
    ofServer = otherMethods(Method.OPTIONS, "*", List.of(Method.values()));
  }

  /** Limits the bodies of what follows; 0 for what {@link HttpLimits} says. */
  public Router maxBodyBytes(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("maxBodyBytes must not be negative (got " + limit + ")");
    }
    maxBodyBytes = limit;
    return this;
  }

  /**
   * Lets paths with empty segments, {@code //a/b/}, lead to what follows, if to nothing else but a
   * wildcard in it.
   */
  public Router ignoreExtraSlashes() {
    slashesIgnored = true;
    return this;
  }

  /**
   * Adds routes whose paths begin alike.
   *
   * @param prefix a path without a slash at its end, and without a wildcard; empty for a group that
   *     shares middleware only
   */
  public Router group(String prefix, Consumer<Router> routes) {
    if (prefix.endsWith("/") || prefix.contains("*")) {
      throw new IllegalArgumentException(
          "a prefix must end without slash or wildcard (got " + prefix + ")");
    }
    begun = true;
    Router group = new Router(tree, groups, this.prefix + prefix, middleware, errors);
    group.maxBodyBytes = maxBodyBytes;
    group.slashesIgnored = slashesIgnored;
    if (!prefix.isEmpty()) {
      groups.add(group);
      groups.sort(Comparator.comparingLong(Router::rank));
    }
    routes.accept(group);
    return this;
  }

  public Router get(String path, RunsOn runsOn, Handler handler) {
    return route(Method.GET, path, runsOn, handler);
  }

  public Router post(String path, RunsOn runsOn, Handler handler) {
    return route(Method.POST, path, runsOn, handler);
  }

  public Router put(String path, RunsOn runsOn, Handler handler) {
    return route(Method.PUT, path, runsOn, handler);
  }

  public Router patch(String path, RunsOn runsOn, Handler handler) {
    return route(Method.PATCH, path, runsOn, handler);
  }

  public Router delete(String path, RunsOn runsOn, Handler handler) {
    return route(Method.DELETE, path, runsOn, handler);
  }

  /**
   * Adds a route.
   *
   * @param path appended to the group's prefix, for which alone it may be empty
   * @throws IllegalArgumentException if it is no path, or another route is for the same ones
   */
  public Router route(Method method, String path, RunsOn runsOn, Handler handler) {
    return route(method, path, runsOn, maxBodyBytes, handler);
  }

  /** Adds a route with a limit for its bodies alone. */
  public Router route(
      Method method, String path, RunsOn runsOn, long maxBodyBytes, Handler handler) {
    return add(
        new Route(method, prefix + path, runsOn, around(handler), null, maxBodyBytes, errors));
  }

  /** Adds a route to a WebSocket. Other requests for it are answered with 426. */
  public Router webSocket(String path, WebSocket.Handler handler) {
    Handler handshake = around(Router::prepareHandshake);
    return add(new Route(Method.GET, prefix + path, RunsOn.VIRTUAL, handshake, handler, 0, errors));
  }

  /** Finds what answers a request. Any thread. */
  public Match find(Method method, String path) {
    if (!path.startsWith("/")) {
      return path.equals("*") && method == Method.OPTIONS ? ofServer : notFound;
    }
    if (PercentCode.isEscaped(path) && PercentCode.decode(path, 0, path.length(), false) == null) {
      return innermost(path).malformed;
    }
    Match match = findExactly(method, path);
    if ((path.endsWith("/") || path.contains("//")) && (match == null || isForAllElse(path))) {
      Match shorter = findWithoutEmptySegments(method, path, match != null);
      match = shorter == null ? match : shorter;
    }
    return match == null ? innermost(path).notFound : match;
  }

  /** Whether a path leads to a wildcard of a group in which extra slashes do not count. */
  private boolean isForAllElse(String path) {
    RouteTree.Entry entry = tree.findAny(path);
    return entry != null && entry.group().slashesIgnored && entry.pattern().hasRest();
  }

  private @Nullable Match findExactly(Method method, String path) {
    RouteTree.Entry entry = tree.find(method, path);
    if (entry != null) {
      return entry.match(path);
    }
    RouteTree.Entry other = tree.findAny(path);
    if (other == null) {
      return null;
    }
    return other.group().otherMethods(method, other.route().path(), tree.methods(path));
  }

  private Match.OtherMethods otherMethods(Method method, String path, List<Method> allowed) {
    HttpError refusal = HttpError.methodNotAllowed(allowed);
    String allow = String.valueOf(refusal.headers().get("Allow"));
    Handler handler =
        method == Method.OPTIONS
            ? (request, response) -> response.status(204).header("Allow", allow)
            : (request, response) -> {
              throw refusal;
            };
    return new Match.OtherMethods(allowed, answer(method, path, handler));
  }

  private @Nullable Match findWithoutEmptySegments(
      Method method, String path, boolean mustBeNoWildcard) {
    StringBuilder shorter = new StringBuilder(path.length());
    for (int at = 0; at < path.length(); at++) {
      boolean last = at + 1 == path.length();
      if (path.charAt(at) != '/' || !(last || path.charAt(at + 1) == '/')) {
        shorter.append(path.charAt(at));
      }
    }
    String cleaned = shorter.isEmpty() ? "/" : shorter.toString();
    RouteTree.Entry entry = tree.findAny(cleaned);
    if (entry == null
        || !entry.group().slashesIgnored
        || (mustBeNoWildcard && entry.pattern().hasRest())) {
      return null;
    }
    return findExactly(method, cleaned);
  }

  /** The group that a path lies in, the root if in no other. */
  private Router innermost(String path) {
    for (int i = 0; i < groups.size(); i++) {
      RoutePattern pattern = groups.get(i).area;
      if (pattern != null && pattern.isPrefixOf(path)) {
        return groups.get(i);
      }
    }
    return this;
  }

  /** Orders groups: those with more segments first, of these the ones with fewer names. */
  private long rank() {
    return area == null ? 0 : area.names() - (area.segments().size() * 1000L);
  }

  private Router add(Route route) {
    begun = true;
    tree.add(RouteTree.Entry.of(route, this, RoutePattern.of(route.path())));
    return this;
  }

  private Match.Nothing nothing(int status, String text) {
    HttpError error = new HttpError(status, text);
    return new Match.Nothing(
        answer(
            Method.GET,
            prefix + "/*",
            (request, response) -> {
              throw error;
            }));
  }

  private Route answer(Method method, String path, Handler handler) {
    return new Route(method, path, RunsOn.EVENT_LOOP, around(handler), null, 0, errors);
  }

  private Handler around(Handler handler) {
    Handler chain = handler;
    for (Middleware outer : middleware.reversed()) {
      Handler next = chain;
      chain = (request, response) -> outer.handle(request, response, next);
    }
    return chain;
  }

  private static void prepareHandshake(Request request, Response response) throws HttpError {
    String upgrade = request.headers().first("Upgrade");
    boolean asked = upgrade != null && upgrade.equalsIgnoreCase("websocket");
    if (!asked || request.method() != Method.GET) {
      throw new HttpError(426, "this path speaks WebSocket only", Map.of("Upgrade", "websocket"));
    }
    response.status(101);
  }
}
