package org.incipit.server.fpindex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.incipit.server.index.change.Batch;
import org.incipit.server.index.change.Change;
import org.incipit.server.index.change.WriteAheadLog;
import org.incipit.server.index.segment.CommitRange;
import org.incipit.server.index.store.BatchRun;
import org.junit.jupiter.api.Test;

/** What changes cost, and who does not get it. */
class ChangesShareTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MANY = 1 << 20;

  /** An array of hashes of one byte each, and what is around it. */
  private static byte[] packed(int count) throws Exception {
    return Packed.of(out -> {
      out.packMapHeader(1).packString("h").packArrayHeader(count);
      for (int i = 0; i < count; i++) {
        out.packInt(i & 0x7F);
      }
    });
  }

  private static byte[] json(int count) {
    String hashes = "7,".repeat(count - 1) + "7";
    return ("{\"hashes\":[" + hashes + "]}").getBytes(StandardCharsets.UTF_8);
  }

  private static Refusal.Name refused(ChangesShare share, BodyReader in) {
    return assertThrows(Refusal.class, () -> UpdateRequest.readHashes(in, share)).name();
  }

  @Test
  void aDocumentPaysForAllItsHashesAndGivesThatBack() throws Exception {
    long price = ChangesShare.CHANGE_BYTES + (MANY * ChangesShare.HASH_BYTES);
    Room room = new Room(price);
    for (BodyReader in : List.of(new MsgpackReader(packed(MANY)), new JsonReader(json(MANY)))) {
      try (ChangesShare share = new ChangesShare(room)) {
        assertEquals(MANY, UpdateRequest.readHashes(in, share).length);
        assertEquals(price, room.taken());
      }
      assertEquals(0, room.taken());
    }
  }

  @Test
  void whatCanNeverFitIsToldFromWhatDoesNotFitNow() throws Exception {
    Room room = new Room(ChangesShare.CHANGE_BYTES + (MANY * ChangesShare.HASH_BYTES));
    try (ChangesShare share = new ChangesShare(room)) {
      assertEquals(Refusal.Name.BODY_TOO_BIG, refused(share, new MsgpackReader(packed(MANY + 1))));
    }
    try (ChangesShare share = new ChangesShare(room)) {
      assertEquals(Refusal.Name.BODY_TOO_BIG, refused(share, new JsonReader(json(MANY + 1))));
    }
    assertEquals(0, room.taken());
    assertTrue(room.take(1));
    try (ChangesShare share = new ChangesShare(room)) {
      assertEquals(Refusal.Name.OVERLOADED, refused(share, new MsgpackReader(packed(MANY))));
    }
    assertEquals(1, room.taken());
  }

  @Test
  void noArrayIsMadeOfHashesThatFindNoRoom() throws Exception {
    byte[] body = packed(MANY);
    Room room = new Room(MANY);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try (ChangesShare share = new ChangesShare(room)) {
      refused(share, new MsgpackReader(body));
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MANY, allocated + " bytes");
  }

  /** The price is not less than what is allocated; more than a third of it is in one array. */
  @Test
  void thePriceCoversWhatIsMadeOfChanges() throws Exception {
    Batch one = new Batch(List.of(new Change.Insert(1, new int[MANY])), java.util.Map.of());
    Change[] many = new Change[MANY];
    for (int i = 0; i < MANY; i++) {
      many[i] = new Change.Delete(MANY - i);
    }
    for (Batch batch : List.of(one, Batch.of(many))) {
      Room room = new Room(Long.MAX_VALUE);
      try (ChangesShare share = new ChangesShare(room)) {
        share.batch(batch);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long record = WriteAheadLog.encode(batch).capacity();
        int size = (int) BatchRun.of(batch, new CommitRange(1, 1, 1)).postings();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before + record;
        assertTrue(size == 0 || size == 1, "kept");
        assertTrue(allocated <= room.taken(), allocated + " bytes of " + room.taken());
      }
    }
  }
}
