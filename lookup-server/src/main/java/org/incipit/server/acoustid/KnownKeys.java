package org.incipit.server.acoustid;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.incipit.server.catalog.Keys;
import org.incipit.server.catalog.Keys.Kind;
import org.incipit.server.catalog.store.CatalogException;
import org.jspecify.annotations.Nullable;

/**
 * Whose keys requests bear. What the catalogue has said of a key that it knows holds for a minute,
 * so a key that is revoked may count for so long; a new one counts at once. If any key will do that
 * has the form of one, what the catalogue does not know it is not asked again for a second.
 */
final class KnownKeys {
  private static final long LIFE = TimeUnit.SECONDS.toNanos(60);
  private static final long LIFE_OF_UNKNOWN = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_KEYS = 10_000;

  private final Finder keys;
  private final boolean required;
  private final LongSupplier nanoTime;
  private final Map<Named, Found> found = new ConcurrentHashMap<>();
  private final AtomicLong tidied;

  /** Where keys are looked up. */
  @FunctionalInterface
  interface Finder {
    OptionalLong find(Kind kind, String key) throws CatalogException;
  }

  private record Named(Kind kind, String key) {}

  private record Found(OptionalLong id, long until) {
    boolean holds(long now) {
      return until - now > 0;
    }
  }

  /** Those of a catalogue, which must know them if they are required. */
  KnownKeys(Keys keys, boolean required) {
    this(keys::find, required, System::nanoTime);
  }

  KnownKeys(Finder keys, boolean required, LongSupplier nanoTime) {
    this.keys = keys;
    this.required = required;
    this.nanoTime = nanoTime;
    tidied = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * The application key of a request.
   *
   * @throws ApiError 2 or 4
   */
  String application(Call call) throws ApiError, CatalogException {
    String key = call.arguments().required("client");
    if (!counts(call, Kind.APPLICATION, key)) {
      throw ApiError.invalidKey();
    }
    return key;
  }

  /**
   * The user key of a request.
   *
   * @throws ApiError 2 or 6
   */
  String user(Call call) throws ApiError, CatalogException {
    String key = call.arguments().required("user");
    if (!counts(call, Kind.USER, key)) {
      throw ApiError.invalidUserKey();
    }
    return key;
  }

  /** The catalogue is not asked for nothing: who tries keys has a rate, too. */
  private boolean counts(Call call, Kind kind, String key) throws ApiError, CatalogException {
    if (!required || !Keys.isWellFormed(key)) {
      return Keys.isWellFormed(key);
    }
    if (remembered(new Named(kind, key)) == null) {
      call.charge();
    }
    return find(kind, key).isPresent();
  }

  /** Whose key it is, if that is known. */
  OptionalLong find(Kind kind, String key) throws CatalogException {
    Named name = new Named(kind, key);
    Found known = remembered(name);
    if (known != null) {
      return known.id();
    }
    long asked = nanoTime.getAsLong();
    OptionalLong id = keys.find(kind, key);
    if (id.isPresent() || !required) {
      makeRoom(asked);
      found.put(name, new Found(id, asked + (id.isPresent() ? LIFE : LIFE_OF_UNKNOWN)));
    } else {
      found.remove(name);
    }
    return id;
  }

  /** What holds no more is forgotten, and all if that is not enough. */
  private void makeRoom(long now) {
    long last = tidied.get();
    if (now - last >= LIFE_OF_UNKNOWN && tidied.compareAndSet(last, now)) {
      found.values().removeIf(one -> !one.holds(now));
    }
    if (found.size() >= MAX_KEYS) {
      found.clear();
    }
  }

  private @Nullable Found remembered(Named name) {
    Found known = found.get(name);
    return known != null && known.holds(nanoTime.getAsLong()) ? known : null;
  }

  /** How many keys are remembered. */
  int size() {
    return found.size();
  }
}
