package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.incipit.server.catalog.store.CatalogException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is submitted and decided, a catalogue answers as a few maps in memory would. */
class FeedLawsTest extends OnBothStores {
  private static final int STEPS = 120;

  private final long seed = Long.getLong("tests.seed", 20_261_123);
  private final Random random = new Random(seed);

  /** What the catalogue must know. */
  private final TreeMap<Long, NewSubmission> pending = new TreeMap<>();

  private final Map<Long, SubmissionStatus> statuses = new HashMap<>();
  private final List<StoredFingerprint> fingerprints = new ArrayList<>();
  private final List<UUID> gids = new ArrayList<>();
  private final Map<Long, TreeMap<UUID, Integer>> mbids = new HashMap<>();
  private final Map<Long, TreeMap<String, Integer>> foreignIds = new HashMap<>();
  private final Map<Long, Map<TextMetadata, Integer>> texts = new HashMap<>();

  @Test
  void aCatalogueKnowsWhatItWasTold() throws Exception {
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) == 0) {
        submit(random.nextInt(8));
      } else {
        decide(1 + random.nextInt(6), random.nextInt(6) == 0);
      }
      check("step " + step + " of -Dtests.seed=" + seed);
    }
  }

  private void submit(int count) throws CatalogException {
    List<NewSubmission> submissions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID mbid = Samples.uuid(random.nextInt(5));
      submissions.add(
          Samples.submission(
              random.nextLong(),
              random.nextBoolean() ? mbid : null,
              random.nextBoolean() ? "f:" + random.nextInt(4) : null,
              random.nextBoolean() ? Samples.text("t" + random.nextInt(4)) : TextMetadata.NONE));
    }
    List<Long> ids = catalog.submissions().add(submissions);
    for (int i = 0; i < count; i++) {
      pending.put(ids.get(i), submissions.get(i));
      statuses.put(ids.get(i), new SubmissionStatus.Pending());
    }
  }

  /** Decides on the oldest, at random; too late if somebody has taken one of them meanwhile. */
  private void decide(int most, boolean isTooLate) throws CatalogException {
    List<Submission> claimed = catalog.submissions().claim(most);
    assertEquals(
        pending.entrySet().stream()
            .limit(most)
            .map(entry -> new Submission(entry.getKey(), entry.getValue()))
            .toList(),
        claimed);
    if (claimed.isEmpty()) {
      return;
    }
    FeedHead head = catalog.feed().head();
    if (isTooLate) {
      Submission taken = claimed.get(random.nextInt(claimed.size()));
      apply(List.of(new Decision.Rejected(taken, "taken")), head, true);
    }
    apply(decisions(claimed), head, !isTooLate);
  }

  private List<Decision> decisions(List<Submission> claimed) {
    List<Decision> decisions = new ArrayList<>();
    List<Long> tracks =
        new ArrayList<>(fingerprints.stream().map(StoredFingerprint::track).toList());
    long track = gids.size();
    for (Submission submission : claimed) {
      long next = tracks.size() + 1L;
      long known = 1 + random.nextInt(Math.max(1, tracks.size()));
      int choice = tracks.isEmpty() ? random.nextInt(2) : random.nextInt(4);
      decisions.add(
          switch (choice) {
            case 0 -> new Decision.Rejected(submission, "r" + next);
            case 1 -> new Decision.Founded(submission, next, ++track, Samples.uuid(track));
            case 2 -> new Decision.Added(submission, next, tracks.get((int) known - 1));
            default -> new Decision.Counted(submission, known, tracks.get((int) known - 1));
          });
      switch (decisions.getLast()) {
        case Decision.Founded it -> tracks.add(it.track());
        case Decision.Added it -> tracks.add(it.track());
        case Decision.Counted it -> {}
        case Decision.Rejected it -> {}
      }
    }
    return decisions;
  }

  private void apply(List<Decision> decisions, FeedHead head, boolean isExpected)
      throws CatalogException {
    assertEquals(isExpected, catalog.feed().decide(head, decisions));
    if (!isExpected) {
      return;
    }
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Founded it -> {
          gids.add(it.gid());
          store(it.submission(), it.track());
        }
        case Decision.Added it -> store(it.submission(), it.track());
        case Decision.Counted it -> take(it.submission(), it.track());
        case Decision.Rejected it ->
            statuses.put(it.submission().id(), new SubmissionStatus.Rejected(it.reason()));
      }
      pending.remove(decision.submission().id());
    }
  }

  private void store(Submission submission, long track) {
    fingerprints.add(
        new StoredFingerprint(
            fingerprints.size() + 1L,
            track,
            gids.get((int) track - 1),
            submission.content().duration(),
            submission.content().fingerprint()));
    take(submission, track);
  }

  private void take(Submission submission, long track) {
    statuses.put(submission.id(), new SubmissionStatus.Imported(gids.get((int) track - 1)));
    NewSubmission content = submission.content();
    count(mbids.computeIfAbsent(track, any -> new TreeMap<>()), content.mbid());
    count(foreignIds.computeIfAbsent(track, any -> new TreeMap<>()), content.foreignId());
    count(
        texts.computeIfAbsent(track, any -> new HashMap<>()),
        content.text().isEmpty() ? null : content.text());
  }

  private static <T> void count(Map<T, Integer> counts, @Nullable T what) {
    if (what != null) {
      counts.merge(what, 1, Integer::sum);
    }
  }

  private void check(String when) throws CatalogException {
    FeedHead head = new FeedHead(fingerprints.size(), fingerprints.size(), gids.size());
    assertEquals(head, catalog.feed().head(), when);
    assertEquals(pending.size(), catalog.submissions().queue().length(), when);
    assertEquals(statuses, catalog.submissions().statuses(statuses.keySet()), when);
    long after = random.nextInt(fingerprints.size() + 1);
    assertEquals(
        fingerprints.stream().skip(after).limit(5).toList(),
        catalog.feed().after(after, 5).stream().map(this::stored).toList(),
        when);
    List<Long> tracks = LongStream.rangeClosed(1, gids.size()).boxed().toList();
    Map<Long, List<Long>> ofTracks = catalog.tracks().fingerprintIds(tracks);
    Map<Long, StoredFingerprint> all =
        catalog.tracks().fingerprints(ofTracks.values().stream().flatMap(List::stream).toList());
    Map<Long, List<MbidLink>> links = catalog.tracks().mbids(tracks);
    Map<Long, List<String>> ids = catalog.tracks().foreignIds(tracks, 1000);
    Map<Long, List<SubmittedText>> said = catalog.tracks().texts(tracks, 10);
    for (long track : tracks) {
      assertEquals(
          fingerprints.stream().filter(it -> it.track() == track).toList(),
          ofTracks.getOrDefault(track, List.of()).stream().map(all::get).toList(),
          when);
      assertEquals(
          mbids.get(track).entrySet().stream()
              .map(it -> new MbidLink(it.getKey(), it.getValue(), false))
              .toList(),
          links.getOrDefault(track, List.of()),
          when);
      assertEquals(
          List.copyOf(foreignIds.get(track).keySet()), ids.getOrDefault(track, List.of()), when);
      List<SubmittedText> found = said.getOrDefault(track, List.of());
      assertEquals(
          found.stream().sorted(Comparator.comparingInt(it -> -it.submissions())).toList(),
          found,
          when);
      Map<TextMetadata, Integer> counted = new HashMap<>();
      found.forEach(it -> counted.put(it.text(), it.submissions()));
      assertEquals(texts.get(track), counted, when);
    }
  }

  private StoredFingerprint stored(FeedChange change) {
    assertEquals(change.position(), change.id());
    return new StoredFingerprint(
        change.id(),
        change.track(),
        gids.get((int) change.track() - 1),
        change.duration(),
        Objects.requireNonNull(change.fingerprint()));
  }
}
