package org.incipit.server.acoustid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.incipit.server.catalog.Tracks;
import org.incipit.server.lookup.Lookup;
import org.incipit.server.lookup.LookupMatch;
import org.incipit.server.lookup.LookupQuery;

/** {@code /v2/lookup}: index and catalogue are asked once for all entries together. */
final class LookupEndpoint implements Call.Endpoint {
  /** Of which recordings and texts are little; foreign ids may be long of one. */
  private static final int FEW_TRACKS = 10;

  private final KnownKeys keys;
  private final Tracks tracks;
  private final Lookup lookup;
  private final ServiceCounts counts;

  LookupEndpoint(KnownKeys keys, Tracks tracks, Lookup lookup, ServiceCounts counts) {
    this.keys = keys;
    this.tracks = tracks;
    this.lookup = lookup;
    this.counts = counts;
  }

  /** A track that is told of. */
  private record Found(long track, String id, float score) {}

  @Override
  public Fields answer(Call call) throws ApiError, IOException {
    String key = keys.application(call);
    LookupRequest request = LookupRequest.of(call.arguments());
    call.admit(key);
    List<List<Found>> found = find(request.entries());
    Set<Long> all = new HashSet<>();
    found.forEach(list -> list.forEach(one -> all.add(one.track())));
    // They may be paths of the user's files, which are no page's business.
    Meta meta = call.isForeign() ? request.meta().withoutForeignIds() : request.meta();
    if (meta.foreignIds() || all.size() > FEW_TRACKS) {
      call.answerMayBeLong();
    }
    TrackTrees trees = new TrackTrees(tracks, meta, all);
    if (!request.batch()) {
      return Fields.ok().put("results", results(found.getFirst(), trees));
    }
    List<LookupRequest.Entry> entries = request.entries();
    return Fields.ok()
        .put(
            "fingerprints",
            new LazyNodes(
                found.size(),
                i ->
                    new Fields()
                        .put("index", index(entries.get(i).suffix()))
                        .put("results", results(found.get(i), trees))));
  }

  private static Node index(Suffix suffix) {
    return suffix.equals(Suffix.NONE) ? new Node.Nothing() : new Node.Whole(suffix.number());
  }

  private static List<Node> results(List<Found> found, TrackTrees trees) {
    return LazyNodes.of(found, one -> trees.result(one.track(), one.id(), one.score()));
  }

  private List<List<Found>> find(List<LookupRequest.Entry> entries) throws IOException {
    List<LookupQuery> queries = new ArrayList<>();
    List<UUID> gids = new ArrayList<>();
    for (LookupRequest.Entry entry : entries) {
      switch (entry) {
        case LookupRequest.ByFingerprint by -> queries.add(by.query());
        case LookupRequest.ByTrack by -> gids.add(by.gid());
      }
    }
    Iterator<List<LookupMatch>> matches =
        (queries.isEmpty() ? List.<List<LookupMatch>>of() : lookup.find(queries)).iterator();
    Map<UUID, Long> known = gids.isEmpty() ? Map.of() : tracks.find(gids);
    List<List<Found>> found = new ArrayList<>();
    for (LookupRequest.Entry entry : entries) {
      List<Found> one =
          switch (entry) {
            case LookupRequest.ByFingerprint by ->
                matches.next().stream().map(LookupEndpoint::found).toList();
            case LookupRequest.ByTrack by -> found(by, known);
          };
      counts.lookup(!one.isEmpty());
      found.add(one);
    }
    return found;
  }

  private static Found found(LookupMatch match) {
    return new Found(match.track(), match.gid().toString(), match.score());
  }

  private static List<Found> found(LookupRequest.ByTrack entry, Map<UUID, Long> known) {
    Long track = known.get(entry.gid());
    return track == null ? List.of() : List.of(new Found(track, entry.text(), 1));
  }
}
