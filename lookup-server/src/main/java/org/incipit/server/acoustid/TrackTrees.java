package org.incipit.server.acoustid;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.incipit.server.catalog.MbidLink;
import org.incipit.server.catalog.SubmittedText;
import org.incipit.server.catalog.TextMetadata;
import org.incipit.server.catalog.Tracks;
import org.incipit.server.catalog.store.CatalogException;

/** What is told of tracks that were found: fetched for all of them together. */
final class TrackTrees {
  private static final int MAX_TEXTS = 10;

  /** Of foreign ids of all tracks together: more than a track can tell. */
  private static final int MAX_LETTERS = 1_000_000;

  private final Meta meta;
  private final TextTrees trees;
  private final Map<Long, List<MbidLink>> mbids;
  private final Map<Long, List<SubmittedText>> texts;
  private final Map<Long, List<String>> foreignIds;

  /**
   * Fetches what is asked for.
   *
   * @throws ApiError 19
   */
  TrackTrees(Tracks catalog, Meta meta, Collection<Long> tracks) throws ApiError, CatalogException {
    this.meta = meta;
    trees = new TextTrees(meta);
    boolean any = !tracks.isEmpty();
    mbids = any && meta.wantsRecordings() ? catalog.mbids(tracks) : Map.of();
    texts = any && meta.wantsTexts() ? catalog.texts(tracks, MAX_TEXTS) : Map.of();
    foreignIds = any && meta.foreignIds() ? foreignIds(catalog, tracks) : Map.of();
  }

  private static Map<Long, List<String>> foreignIds(Tracks catalog, Collection<Long> tracks)
      throws ApiError, CatalogException {
    Map<Long, List<String>> found = catalog.foreignIds(tracks, MAX_LETTERS);
    long letters = 0;
    for (List<String> each : found.values()) {
      letters += each.stream().mapToLong(String::length).sum();
    }
    if (letters > MAX_LETTERS) {
      throw ApiError.tooLarge();
    }
    return found;
  }

  /** A track in the list of results. */
  Fields result(long track, String id, float score) {
    Fields result = new Fields().put("id", id).put("score", new Node.Real(score));
    List<SubmittedText> said = texts.getOrDefault(track, List.of());
    switch (meta.subject()) {
      case M2, RECORDINGS -> result.putIfAny("recordings", recordings(track, said));
      case RELEASE_GROUPS -> result.putIfAny("releasegroups", distinct(said, trees::groups));
      case RELEASES -> result.putIfAny("releases", distinct(said, trees::releases));
      case NOTHING -> {}
    }
    List<String> foreign = foreignIds.getOrDefault(track, List.of());
    return result.putIfAny("foreignids", LazyNodes.of(foreign, Node.Text::new));
  }

  private List<Node> recordings(long track, List<SubmittedText> said) {
    List<MbidLink> links = new ArrayList<>(mbids.getOrDefault(track, List.of()));
    links.removeIf(MbidLink::isDisabled);
    return new LazyNodes(
        links.size() + said.size(),
        i ->
            i < links.size()
                ? recording(links.get(i))
                : trees.recording(said.get(i - links.size())));
  }

  private Fields recording(MbidLink link) {
    Fields recording = new Fields().put("id", link.mbid().toString());
    return meta.sources() ? recording.put("sources", link.submissions()) : recording;
  }

  /** Albums that several texts name are told once. */
  private static List<Fields> distinct(
      List<SubmittedText> said, Function<TextMetadata, List<Fields>> tree) {
    List<Fields> all = new ArrayList<>();
    Set<List<?>> albums = new HashSet<>();
    for (SubmittedText one : said) {
      TextMetadata text = one.text();
      String artist = text.albumArtist() == null ? "" : text.albumArtist();
      if (text.album() != null && albums.add(List.of(text.album(), artist))) {
        all.addAll(tree.apply(text));
      }
    }
    return all;
  }
}
