package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SubmissionsTest extends OnBothStores {
  @Test
  void whatIsClaimedIsWhatWasSubmitted() throws Exception {
    Submissions submissions = catalog.submissions();
    store.execute("INSERT INTO api_key VALUES (5, 0, 'a', 'app', 0, FALSE)");
    store.execute("INSERT INTO api_key VALUES (6, 1, 'b', 'me', 0, FALSE)");
    NewSubmission full =
        new NewSubmission(
            OptionalLong.of(5),
            OptionalLong.of(6),
            "1.0 \ud83d\ude00",
            Samples.fingerprint(1),
            Short.MAX_VALUE,
            Integer.MAX_VALUE,
            "MP3",
            Samples.uuid(1),
            Samples.uuid(2),
            "a:".repeat(NewSubmission.MAX_FOREIGN_ID / 2),
            new TextMetadata("t", "a", "l", "aa", 1, 10_000, -1));
    NewSubmission bare = Samples.submission(2);
    List<Long> ids = submissions.add(List.of(full, bare));
    assertEquals(
        List.of(new Submission(ids.get(0), full), new Submission(ids.get(1), bare)),
        submissions.claim(10));
  }

  @Test
  void idsAscendInTheOrderGiven() throws Exception {
    Submissions submissions = catalog.submissions();
    List<NewSubmission> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(Samples.submission(i));
    }
    List<Long> ids = new ArrayList<>(submissions.add(many.subList(0, 299)));
    ids.addAll(submissions.add(many.subList(299, 300)));
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    List<Submission> claimed = submissions.claim(1000);
    assertEquals(ids, claimed.stream().map(Submission::id).toList());
    assertEquals(many, claimed.stream().map(Submission::content).toList());
  }

  @Test
  void theOldestComeFirst() throws Exception {
    Submissions submissions = catalog.submissions();
    long first = submissions.add(List.of(Samples.submission(1))).getFirst();
    submissions.add(List.of(Samples.submission(2)));
    assertEquals(List.of(first), submissions.claim(1).stream().map(Submission::id).toList());
  }

  @Test
  void whoClaimsAgainGetsTheSameAgain() throws Exception {
    List<Submission> claimed = Samples.claimed(catalog, Samples.submission(1));
    assertEquals(claimed, catalog.submissions().claim(1));
    catalog.submissions().release();
    assertEquals(claimed, catalog.submissions().claim(1));
  }

  @Test
  void unknownIdsHaveNoStatus() throws Exception {
    Submissions submissions = catalog.submissions();
    long id = submissions.add(List.of(Samples.submission(1))).getFirst();
    assertEquals(
        Map.of(id, new SubmissionStatus.Pending()),
        submissions.statuses(List.of(id, id + 1, -1L, Long.MAX_VALUE)));
    assertEquals(Map.of(), submissions.statuses(List.of()));
  }

  @Test
  void theQueueIsWhatWaits() throws Exception {
    Submissions submissions = catalog.submissions();
    assertEquals(new Submissions.Queue(0, 0), submissions.queue());
    submissions.add(List.of(Samples.submission(1), Samples.submission(2)));
    store.execute("UPDATE submission SET created = created - 3600000000 WHERE id = 1");
    Submissions.Queue queue = submissions.queue();
    assertEquals(2, queue.length());
    assertTrue(queue.ageMicros() >= 3_600_000_000L, queue::toString);
    Submission first = submissions.claim(1).getFirst();
    catalog.feed().decide(new FeedHead(0, 0, 0), List.of(new Decision.Rejected(first, "short")));
    assertEquals(1, submissions.queue().length());
    assertTrue(submissions.queue().ageMicros() < 3_600_000_000L);
  }

  @Test
  void whatCannotBeStoredIsNoSubmission() {
    for (String text : List.of("", "a\0b", "\ud83d", "\ude00\ud83d", "x\ude00")) {
      assertThrows(IllegalArgumentException.class, () -> Samples.text(text));
      assertThrows(
          IllegalArgumentException.class,
          () -> Samples.submission(1, null, text, TextMetadata.NONE));
    }
    String tooLong = "a".repeat(NewSubmission.MAX_FOREIGN_ID + 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> Samples.submission(1, null, tooLong, TextMetadata.NONE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TextMetadata(null, null, null, null, 10_001, null, null));
  }
}
