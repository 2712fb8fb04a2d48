package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.incipit.server.index.IndexConfig;
import org.incipit.server.index.catalog.IndexCatalog;
import org.incipit.server.index.catalog.IndexLease;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineSessionTest {
  @TempDir private Path folder;
  private final SearchThreads searches = new SearchThreads(1);
  private final Room room = new Room(4 * Transaction.MOST_BYTES);
  private final Room changes = new Room(1 << 20);
  private IndexCatalog catalog;
  private LineSession session;
  private boolean readOnly;

  @BeforeEach
  void open() throws IOException {
    catalog = IndexCatalog.open(folder, IndexConfig.DEFAULT);
    catalog.create("main", false, OptionalLong.empty());
    session = session();
  }

  @AfterEach
  void close() throws IOException {
    session.close();
    searches.close();
    catalog.close();
  }

  private LineSession session() {
    return new LineSession(index("main"), () -> readOnly, room);
  }

  private LineIndex index(String name) {
    return new LineIndex(catalog, name, new ServiceMetrics(catalog), searches, changes);
  }

  /** Requests and answers in turn, one a line, marked {@code >} and {@code <}. */
  private void talk(String dialogue) {
    talk(session, dialogue);
  }

  private static void talk(LineSession session, String dialogue) {
    String request = "";
    int number = 0;
    for (String line : dialogue.lines().toList()) {
      number++;
      // The end of a line is written as |, since text blocks lose spaces there.
      String text = line.substring(1).replace("|", "");
      if (line.startsWith(">")) {
        request = text;
      } else {
        assertEquals(text, session.answer(request), "line " + number + ", to " + request);
      }
    }
  }

  @Test
  void theExampleOfTheOriginalGivesItsAnswers() {
    talk(
        """
        >begin
        <OK |
        >insert 1001 11000,12000,13000
        <OK |
        >insert 1002 11000,12000,19000
        <OK |
        >search 11000,12000,13000
        <OK |
        >commit
        <OK |
        >search 11000,12000,13000
        <OK 1001:3 1002:2
        >get max_document_id
        <OK 1002
        """);
  }

  @Test
  void everyCommandHasItsAnswersAndItsErrors() {
    talk(
        """
        >
        <OK |
        > \s
        <OK |
        >echo
        <OK |
        >echo a b
        <OK a b
        > echo  a   b |
        <OK a b
        >ECHO a
        <ERR unknown command
        >ech a
        <ERR unknown command
        >search
        <ERR expected one argument
        >search |
        <ERR expected one argument
        >search 1 2
        <ERR expected one argument
        >search ,
        <ERR empty fingerprint
        >search 1,,2
        <ERR invalid fingerprint
        >search 1,
        <ERR invalid fingerprint
        >search 1,x
        <ERR invalid fingerprint
        >search 1.5
        <ERR invalid fingerprint
        >search -
        <ERR invalid fingerprint
        >search 9223372036854775808
        <ERR invalid fingerprint
        >search 99999999999999999999999
        <ERR invalid fingerprint
        >search 9223372036854775807,-9223372036854775808
        <OK |
        >insert 1 2
        <ERR not in transaction
        >commit
        <ERR not in transaction
        >rollback
        <ERR not in transaction
        >optimize
        <ERR not in transaction
        >cleanup
        <ERR not in transaction
        >set colour red
        <ERR not in transaction
        >begin
        <OK |
        >begin
        <ERR already in transaction
        >insert
        <ERR expected two arguments
        >insert 1
        <ERR expected two arguments
        >insert 1 2 3
        <ERR expected two arguments
        >insert 0 1
        <ERR invalid document id
        >insert -1 1
        <ERR invalid document id
        >insert 4294967296 1
        <ERR invalid document id
        >insert x 1
        <ERR invalid document id
        >insert 1 x
        <ERR invalid fingerprint
        >optimize
        <OK |
        >cleanup
        <OK |
        >rollback
        <OK |
        >rollback
        <ERR not in transaction
        """);
  }

  @Test
  void attributesAreTheSessionsOrTheIndexs() {
    talk(
        """
        >get max_results
        <OK 500
        >get attribute top_score_percent
        <OK 10
        >get timeout
        <OK 0
        >get idle_timeout
        <OK 60000
        >get nothing
        <OK |
        >get max_document_id
        <OK |
        >get
        <ERR expected one argument
        >get a b
        <ERR expected one argument
        >get attribute a b
        <ERR expected one argument
        >set max_results
        <ERR expected two arguments
        >set a b c
        <ERR expected two arguments
        >set max_results many
        <ERR invalid value
        >set top_score_percent 101
        <ERR invalid value
        >set timeout -1
        <ERR invalid value
        >set max_results 7
        <OK |
        >set attribute idle_timeout 0
        <OK |
        >get max_results
        <OK 7
        >begin
        <OK |
        >set attribute colour red
        <OK |
        >get colour
        <OK red
        >rollback
        <OK |
        >get colour
        <OK |
        >begin
        <OK |
        >set colour blue
        <OK |
        >commit
        <OK |
        >get attribute colour
        <OK blue
        """);
    assertEquals(Duration.ZERO, session.idleTimeout());
    try (LineSession other = session()) {
      talk(other, ">get max_results\n<OK 500\n>get colour\n<OK blue\n");
      assertEquals(Duration.ofMinutes(1), other.idleTimeout());
    }
  }

  @Test
  void anAttributeKeepsItsBytes() throws IOException {
    String name = "größe";
    String bytes = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    talk(">begin\n<OK |\n>set " + bytes + " " + bytes + "\n<OK |\n>commit\n<OK |\n");
    talk(">get " + bytes + "\n<OK " + bytes + "\n>get \u00ff\n<ERR invalid value\n");
    try (IndexLease lease = catalog.lease("main")) {
      assertEquals(Map.of(name, name), lease.index().info().metadata());
    }
  }

  @Test
  void hashesMayBeSignedOrUnsigned() {
    talk(
        """
        >begin
        <OK |
        >insert 4294967295 4107786911,-2,18446744069414584323
        <ERR invalid fingerprint
        >insert 4294967295 4107786911,-2,4294967299
        <OK |
        >commit
        <OK |
        >search -187180385,4294967294,3
        <OK 4294967295:3
        >get max_document_id
        <OK 4294967295
        """);
  }

  @Test
  void theGreatestIdIsKnownWhoeverWroteTheDocument() throws IOException {
    try (IndexLease lease = catalog.lease("main")) {
      lease.index().update(Batch.of(new Change.Insert(77, 1), new Change.Insert(5, 1)));
    }
    talk(">get max_document_id\n<OK 77\n>begin\n<OK |\n>set max_document_id 90\n<OK |\n");
    talk(">commit\n<OK |\n>get max_document_id\n<OK 90\n>begin\n<OK |\n>insert 91 1\n<OK |\n");
    talk(">commit\n<OK |\n>get max_document_id\n<OK 91\n");
  }

  @Test
  void hitsAreSortedAndCutAtTheRoundedPercent() {
    String all = range(0, 10);
    talk(">begin\n<OK |\n>insert 9 " + all + "\n<OK |\n>insert 4 " + all + "\n<OK |\n");
    for (int shared = 1; shared < 10; shared++) {
      talk(">insert " + (100 + shared) + " " + range(0, shared) + "\n<OK |\n");
    }
    talk(">insert 4 " + all + "," + all + "\n<OK |\n>commit\n<OK |\n");
    String last = " 109:9 108:8 107:7 106:6 105:5 104:4";
    // 10 % of 10 are 1; 35 % are 3.5, which is 4.
    talk(">search " + all + "," + all + "\n<OK 4:10 9:10" + last + " 103:3 102:2 101:1\n");
    talk(">set top_score_percent 35\n<OK |\n>search " + all + "\n<OK 4:10 9:10" + last + "\n");
    talk(">set max_results 3\n<OK |\n>search " + all + "\n<OK 4:10 9:10 109:9\n");
    talk(">set max_results 0\n<OK |\n>search " + all + "\n<OK |\n");
    talk(">set max_results 2147483647\n<OK |\n>search " + all + "\n<OK 4:10 9:10" + last + "\n");
  }

  private static String range(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toString(1000 + i))
        .collect(Collectors.joining(","));
  }

  @Test
  void aTransactionIsItsSessionsAlone() {
    try (LineSession other = session()) {
      talk(">begin\n<OK |\n>insert 1 5\n<OK |\n");
      talk(other, ">insert 2 5\n<ERR not in transaction\n>begin\n<OK |\n>insert 2 5\n<OK |\n");
      talk(">commit\n<OK |\n");
      talk(other, ">search 5\n<OK 1:1\n>rollback\n<OK |\n>search 5\n<OK 1:1\n");
    }
  }

  @Test
  void whatIsNotCommittedIsGoneWithItsSessionAndTakesNoRoom() {
    talk(">begin\n<OK |\n>insert 1 5\n<OK |\n");
    assertTrue(room.taken() > 0);
    session.close();
    assertEquals(0, room.taken());
    talk(">commit\n<ERR not in transaction\n>search 5\n<OK |\n");
  }

  @Test
  void aTransactionThatTakesTooMuchIsRefusedAndCanStillBeCommitted() {
    try (LineSession small = new LineSession(index("main"), () -> false, new Room(100))) {
      talk(small, ">begin\n<OK |\n>insert 1 5\n<OK |\n>insert 2 5\n<ERR transaction too large\n");
      talk(small, ">commit\n<OK |\n>search 5\n<OK 1:1\n>begin\n<OK |\n>insert 2 5\n<OK |\n");
    }
  }

  @Test
  void whatOthersHaveTakenIsNotThisTransactionsFault() {
    assertTrue(room.take(room.most() - 100));
    talk(">begin\n<OK |\n>insert 1 5\n<OK |\n");
    talk(">insert 2 5\n<ERR other transactions take all memory\n");
    room.giveBack(room.most() - 100);
    talk(">insert 2 5\n<OK |\n>commit\n<OK |\n>search 5\n<OK 1:1 2:1\n");
  }

  @Test
  void aTransactionIsNotKeptForEverByAClientThatSaysNothing() {
    talk(">set idle_timeout 0\n<OK |\n>begin\n<OK |\n");
    assertEquals(Transaction.LONGEST_IDLE, session.idleTimeout());
    talk(">set idle_timeout 2147483647\n<OK |\n");
    assertEquals(Transaction.LONGEST_IDLE, session.idleTimeout());
    talk(">set idle_timeout 1000\n<OK |\n");
    assertEquals(Duration.ofSeconds(1), session.idleTimeout());
    talk(">set idle_timeout 0\n<OK |\n>rollback\n<OK |\n");
    assertEquals(Duration.ZERO, session.idleTimeout());
  }

  @Test
  void aCommitThatFindsNoRoomSaysWhetherItEverWill() {
    talk(">begin\n<OK |\n>insert 1 5,6,7\n<OK |\n");
    assertTrue(changes.take(changes.most()));
    talk(">commit\n<ERR other transactions take all memory\n");
    changes.giveBack(changes.most());
    talk(">begin\n<OK |\n");
    String line = "insert 1 " + "7,".repeat(50_000) + "7";
    assertEquals("OK ", session.answer(line));
    talk(">commit\n<ERR transaction too large\n>search 7\n<OK |\n");
    assertEquals(0, changes.taken());
    assertEquals(0, room.taken());
  }

  @Test
  void aReadOnlySessionSearchesAndSetsItsOwnAttributes() {
    talk(">begin\n<OK |\n>insert 1 5\n<OK |\n");
    readOnly = true;
    String refusal = "<ERR read-only: writing needs a token, over HTTP\n";
    talk(">commit\n" + refusal + ">search 5\n<OK |\n>begin\n" + refusal);
    talk(">insert 1 5\n<ERR not in transaction\n>set max_results 3\n<OK |\n>get colour\n<OK |\n");
  }

  @Test
  void everythingThatBeginsWithQuitEndsTheSession() {
    assertFalse(session.hasEnded());
    talk(">quit\n<OK |\n");
    assertTrue(session.hasEnded());
    try (LineSession other = session()) {
      talk(other, ">quitting time\n<OK |\n");
      assertTrue(other.hasEnded());
    }
  }

  @Test
  void withoutTheIndexRequestsFailAndTheSessionGoesOn() throws IOException {
    talk(">begin\n<OK |\n>insert 1 5\n<OK |\n");
    catalog.delete("main", true);
    talk(">search 5\n<ERR search failed\n>get colour\n<ERR no index\n>commit\n");
    talk(">commit\n<ERR commit failed\n>commit\n<ERR not in transaction\n>echo a\n<OK a\n");
  }

  @Test
  void tooManyHashesAreRefused() {
    talk(">search " + "1,".repeat(100_000) + "1\n<ERR too many hashes\n");
  }

  @Test
  void aSearchPastItsTimeSaysSo() throws Exception {
    talk(">begin\n<OK |\n>insert 1 5\n<OK |\n>commit\n<OK |\n");
    try (IndexLease lease = catalog.lease("main")) {
      assertTrue(lease.index().checkpoint(Duration.ofMinutes(1)));
    }
    // What is mapped is searched by the one thread, which is busy until the time is over.
    Thread asking = Thread.currentThread();
    searches.small().of("main").execute(() -> holdUp(asking));
    talk(">set timeout 1\n<OK |\n>search 5\n<ERR timeout exceeded\n");
    talk(">set timeout 0\n<OK |\n>search 5\n<OK 1:1\n");
  }

  /** Returns when that thread has waited for what it searches longer than it wants to. */
  private static void holdUp(Thread asking) {
    String waiting = LineIndex.class.getName() + "await";
    try {
      while (Arrays.stream(asking.getStackTrace())
          .noneMatch(frame -> (frame.getClassName() + frame.getMethodName()).equals(waiting))) {
        Thread.sleep(1);
      }
      Thread.sleep(Duration.ofMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBrowserThatSpeaksHttpIsNotListenedTo() {
    assertEquals("ERR unknown command", session.answer("POST / HTTP/1.1"));
    assertTrue(session.hasEnded());
    try (LineSession other = session()) {
      assertEquals("ERR unknown command", other.answer("Host: localhost:6080"));
      assertTrue(other.hasEnded());
    }
  }

  @Test
  void anUnknownCommandEndsNothing() {
    assertEquals("ERR unknown command", session.answer("frobnicate HTTP"));
    assertFalse(session.hasEnded());
  }

  @Test
  void theIndexThatFollowsTheCatalogueIsForSearchingOnly() throws IOException {
    catalog.create("_catalog", false, OptionalLong.empty());
    try (LineSession follower = new LineSession(index("_catalog"), () -> readOnly, room)) {
      talk(
          follower,
          """
          >begin
          <ERR read-only: the index follows the catalogue
          >search 1,2
          <OK |
          """);
    }
  }
}
