package org.incipit.server.acoustid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.catalog.TrackLink;
import org.incipit.server.catalog.Tracks;

/** What can be asked of tracks without a key. */
final class TrackEndpoints {
  private final Tracks tracks;

  TrackEndpoints(Tracks tracks) {
    this.tracks = tracks;
  }

  /** {@code /v2/fingerprint}: a stored fingerprint by its id. */
  Fields fingerprint(Call call) throws ApiError, IOException {
    Long id = Arguments.number(call.arguments().required("id"));
    if (id == null) {
      throw ApiError.missing("id");
    }
    call.admit(null);
    StoredFingerprint stored = id < 1 ? null : tracks.fingerprints(List.of(id)).get(id);
    if (stored == null) {
      throw ApiError.noSuchFingerprint();
    }
    List<Node> hashes = new ArrayList<>(stored.fingerprint().size());
    for (int hash : stored.fingerprint().toArray()) {
      hashes.add(new Node.Whole(hash));
    }
    Fields fingerprint =
        new Fields().put("id", id).put("duration", stored.duration()).put("hashes", hashes);
    return Fields.ok().put("fingerprint", fingerprint);
  }

  /** {@code /v2/track/list_by_mbid}: the tracks that are said to be recordings. */
  Fields byMbid(Call call) throws ApiError, IOException {
    Arguments arguments = call.arguments();
    arguments.required("mbid");
    boolean batch = arguments.number("batch", 0) != 0;
    List<UUID> mbids = new ArrayList<>();
    for (String value : batch ? arguments.all("mbid") : arguments.all("mbid").subList(0, 1)) {
      mbids.add(Arguments.uuid("mbid", value));
    }
    boolean disabledToo = arguments.number("disabled", 0) != 0;
    call.admit(null);
    Map<UUID, List<TrackLink>> found = tracks.ofRecordings(mbids);
    if (!batch) {
      return Fields.ok().put("tracks", links(found, mbids.getFirst(), disabledToo));
    }
    List<Fields> answers = new ArrayList<>();
    for (UUID mbid : mbids) {
      answers.add(
          new Fields().put("mbid", mbid.toString()).put("tracks", links(found, mbid, disabledToo)));
    }
    return Fields.ok().put("mbids", answers);
  }

  private static List<Fields> links(
      Map<UUID, List<TrackLink>> found, UUID mbid, boolean disabledToo) {
    List<Fields> answers = new ArrayList<>();
    for (TrackLink link : found.getOrDefault(mbid, List.of())) {
      if (!link.isDisabled()) {
        answers.add(new Fields().put("id", link.track().toString()));
      } else if (disabledToo) {
        answers.add(
            new Fields().put("id", link.track().toString()).put("disabled", new Node.True()));
      }
    }
    return answers;
  }

  /** {@code /v2/track/list_by_puid}: PUIDs are no more; no track is ever found. */
  Fields byPuid(Call call) throws ApiError, IOException {
    var _ = Arguments.uuid("puid", call.arguments().required("puid"));
    call.admit(null);
    return Fields.ok().put("tracks", List.of());
  }
}
