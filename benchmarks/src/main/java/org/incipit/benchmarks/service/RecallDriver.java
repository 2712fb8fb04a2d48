package org.incipit.benchmarks.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.incipit.fingerprint.Fingerprint;
import org.incipit.fingerprint.codec.FingerprintCodec;
import org.incipit.fingerprint.codec.FingerprintFormatException;
import org.incipit.fingerprint.match.FingerprintComparison;

/**
 * Whether music is found again: {@code RecallDriver FILE FOLDER STORE}, the file as {@code
 * benchmarks/recall/corpus} writes it, the store as {@link Place} says and new. Originals are
 * submitted, all forms are looked up. Of originals that are the same music only the first is taken.
 */
public final class RecallDriver {
  private static final String ORIGINAL = "original";
  private static final float SAME = 0.4f;
  private static final int LONGEST_DIFFERENCE = 30;
  private static final int NORMAL_DIFFERENCE = 7;

  private final Map<String, List<Form>> tracks = new LinkedHashMap<>();

  /** A form of a track. */
  private record Form(String name, int duration, String text, Fingerprint fingerprint) {}

  /** What came of the lookups of one form. */
  private static final class Row {
    private final DoubleStream.Builder scores = DoubleStream.builder();
    private int asked;
    private int found;
    private int first;
    private int others;
  }

  private RecallDriver() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    RecallDriver driver = new RecallDriver();
    driver.read(Path.of(args[0]));
    driver.leaveOutSame();
    try (Place place = new Place(Path.of(args[1]), args[2]);
        ServerProcess server = new ServerProcess(place.data(), place.settings());
        AcoustId client = new AcoustId(server.http())) {
      Map<String, String> ids = driver.submit(client);
      driver.table(client, ids, NORMAL_DIFFERENCE);
      driver.table(client, ids, LONGEST_DIFFERENCE);
    }
  }

  private void read(Path file) throws IOException, FingerprintFormatException {
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("\t", -1);
      Fingerprint fingerprint = FingerprintCodec.decode(parts[3]);
      tracks
          .computeIfAbsent(parts[0], path -> new ArrayList<>())
          .add(new Form(parts[1], Integer.parseInt(parts[2]), parts[3], fingerprint));
    }
  }

  private static Form original(List<Form> forms) {
    return forms.stream().filter(form -> form.name().equals(ORIGINAL)).findFirst().orElseThrow();
  }

  /** Leaves out tracks that another one is, too. */
  private void leaveOutSame() {
    List<String> paths = List.copyOf(tracks.keySet());
    Set<String> out = new HashSet<>();
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < i && !out.contains(paths.get(i)); j++) {
        Form a = original(tracks.getOrDefault(paths.get(i), List.of()));
        Form b = original(tracks.getOrDefault(paths.get(j), List.of()));
        float score = FingerprintComparison.score(a.fingerprint(), b.fingerprint());
        if (score > SAME && Math.abs(a.duration() - b.duration()) <= LONGEST_DIFFERENCE) {
          System.out.printf(
              "left out: %s (%d s) is %s (%d s), score %.3f%n",
              paths.get(i), a.duration(), paths.get(j), b.duration(), score);
          out.add(paths.get(i));
        }
      }
    }
    tracks.keySet().removeAll(out);
  }

  /** Submits all originals. */
  private Map<String, String> submit(AcoustId client) throws IOException, InterruptedException {
    Map<String, Long> submissions = new LinkedHashMap<>();
    for (Map.Entry<String, List<Form>> track : tracks.entrySet()) {
      Form original = original(track.getValue());
      String form = AcoustId.submission() + AcoustId.entry(0, original.text(), original.duration());
      submissions.put(track.getKey(), client.submit(form).getFirst());
    }
    Map<Long, AcoustId.Status> statuses = client.await(submissions.values(), 120);
    Map<String, String> ids = new HashMap<>();
    submissions.forEach((track, id) -> {
      AcoustId.Status status = statuses.getOrDefault(id, new AcoustId.Status("", ""));
      ids.put(track, status.track());
      if (status.track().isEmpty()) {
        System.out.println("not imported: " + track + " is " + status.status());
      }
    });
    System.out.printf("%d originals, %d tracks%n", ids.size(), new HashSet<>(ids.values()).size());
    return ids;
  }

  private void table(AcoustId client, Map<String, String> ids, int difference)
      throws IOException, InterruptedException {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Map.Entry<String, List<Form>> track : tracks.entrySet()) {
      String right = ids.getOrDefault(track.getKey(), "");
      for (Form form : track.getValue()) {
        Row row = rows.computeIfAbsent(form.name(), name -> new Row());
        String asked = AcoustId.lookup(form.text(), form.duration());
        count(row, client.find(asked + "&maxdurationdiff=" + difference), right, track.getKey());
      }
    }
    System.out.printf("%nmaxdurationdiff=%d%n", difference);
    System.out.println("| form | asked | found | first | other tracks | lowest | median score |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
    rows.forEach((name, row) -> {
      double[] scores = row.scores.build().sorted().toArray();
      System.out.printf(
          "| %s | %d | %d (%.1f %%) | %d | %d | %.3f | %.3f |%n",
          name,
          row.asked,
          row.found,
          100.0 * row.found / row.asked,
          row.first,
          row.others,
          scores.length == 0 ? Double.NaN : scores[0],
          scores.length == 0 ? Double.NaN : scores[scores.length / 2]);
    });
  }

  private static void count(Row row, List<AcoustId.Found> matches, String right, String path) {
    row.asked++;
    for (int i = 0; i < matches.size(); i++) {
      AcoustId.Found match = matches.get(i);
      if (match.track().equals(right)) {
        row.found++;
        row.first += i == 0 ? 1 : 0;
        row.scores.add(match.score());
      } else {
        row.others++;
        System.out.printf("another track for %s: %s%n", path, match);
      }
    }
  }
}
