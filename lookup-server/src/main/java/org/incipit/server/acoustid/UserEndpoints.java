package org.incipit.server.acoustid;

import java.io.IOException;
import org.incipit.server.catalog.Keys;

/** The keys of users. */
final class UserEndpoints {
  private final KnownKeys known;
  private final Keys keys;
  private final boolean isAnybodyGivenKeys;

  UserEndpoints(KnownKeys known, Keys keys, boolean isAnybodyGivenKeys) {
    this.known = known;
    this.keys = keys;
    this.isAnybodyGivenKeys = isAnybodyGivenKeys;
  }

  /** {@code /v2/user/lookup}: whether a key counts. */
  Fields lookup(Call call) throws ApiError, IOException {
    String key = known.user(call);
    call.admit(null);
    return user(key);
  }

  /** {@code /v2/user/create_anonymous}: a new key. */
  Fields createAnonymous(Call call) throws ApiError, IOException {
    call.requireOwn();
    String application = known.application(call);
    if (!isAnybodyGivenKeys) {
      throw ApiError.notAllowed();
    }
    call.admit(application);
    return user(keys.create(Keys.Kind.USER, "anonymous").key());
  }

  private static Fields user(String key) {
    return Fields.ok().put("user", new Fields().put("apikey", key));
  }
}
