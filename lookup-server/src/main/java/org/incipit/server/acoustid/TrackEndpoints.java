package org.incipit.server.acoustid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.server.catalog.StoredFingerprint;
import org.incipit.server.catalog.TrackLink;
import org.incipit.server.catalog.Tracks;

/** What can be asked of tracks without a key. */
final class TrackEndpoints {
  /** Of a list, repetitions aside. Clients ask for all recordings of a release at once. */
  private static final int MAX_MBIDS = 1000;

  /** Of which the tracks are few. */
  private static final int FEW_MBIDS = 10;

  /** Of tracks in an answer. */
  private static final int MAX_LINKS = 100_000;

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
    call.answerMayBeLong();
    StoredFingerprint stored = id < 1 ? null : tracks.fingerprints(List.of(id)).get(id);
    if (stored == null) {
      throw ApiError.noSuchFingerprint();
    }
    Fingerprint hashes = stored.fingerprint();
    Fields fingerprint =
        new Fields()
            .put("id", id)
            .put("duration", stored.duration())
            .put("hashes", new LazyNodes(hashes.size(), i -> new Node.Whole(hashes.at(i))));
    return Fields.ok().put("fingerprint", fingerprint);
  }

  /** {@code /v2/track/list_by_mbid}: the tracks that are said to be recordings. */
  Fields byMbid(Call call) throws ApiError, IOException {
    Arguments arguments = call.arguments();
    arguments.required("mbid");
    boolean batch = arguments.number("batch", 0) != 0;
    List<String> asked = arguments.all("mbid");
    Set<UUID> mbids = new LinkedHashSet<>();
    for (String value : batch ? asked : asked.subList(0, 1)) {
      mbids.add(Arguments.uuid("mbid", value));
    }
    if (mbids.size() > MAX_MBIDS) {
      throw ApiError.tooLarge();
    }
    boolean disabledToo = arguments.number("disabled", 0) != 0;
    call.admit(null);
    if (mbids.size() > FEW_MBIDS) {
      call.answerMayBeLong();
    }
    Map<UUID, List<TrackLink>> found = tracks.ofRecordings(mbids, MAX_LINKS / mbids.size());
    if (!batch) {
      return Fields.ok().put("tracks", links(found, mbids.iterator().next(), disabledToo));
    }
    return Fields.ok()
        .put(
            "mbids",
            LazyNodes.of(
                List.copyOf(mbids),
                mbid ->
                    new Fields()
                        .put("mbid", mbid.toString())
                        .put("tracks", links(found, mbid, disabledToo))));
  }

  private static List<Node> links(
      Map<UUID, List<TrackLink>> found, UUID mbid, boolean disabledToo) {
    List<TrackLink> told = new ArrayList<>(found.getOrDefault(mbid, List.of()));
    told.removeIf(link -> link.isDisabled() && !disabledToo);
    return LazyNodes.of(told, TrackEndpoints::link);
  }

  private static Fields link(TrackLink link) {
    Fields answer = new Fields().put("id", link.track().toString());
    return link.isDisabled() ? answer.put("disabled", new Node.True()) : answer;
  }

  /** {@code /v2/track/list_by_puid}: PUIDs are no more; no track is ever found. */
  Fields byPuid(Call call) throws ApiError, IOException {
    var _ = Arguments.uuid("puid", call.arguments().required("puid"));
    call.admit(null);
    return Fields.ok().put("tracks", List.of());
  }
}
