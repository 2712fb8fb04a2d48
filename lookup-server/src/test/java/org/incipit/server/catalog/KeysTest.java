package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.incipit.server.catalog.Keys.Kind;
import org.incipit.server.catalog.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Store.class)
class KeysTest {
  @Parameter private Store store;
  @TempDir private Path directory;
  private Catalog catalog;
  private Keys keys;

  @BeforeEach
  void open() throws Exception {
    catalog = Catalog.open(store.config(directory));
    keys = catalog.keys();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void aKeyThatWasMadeIsFoundAmongItsKind() throws Exception {
    Keys.Entry entry = keys.create(Kind.USER, "Somebody");
    assertTrue(entry.key().matches("[A-Za-z0-9]{10}"), entry.key());
    assertEquals("Somebody", entry.name());
    assertTrue(entry.created() > 0);
    assertEquals(OptionalLong.of(entry.id()), keys.find(Kind.USER, entry.key()));
    assertEquals(OptionalLong.empty(), keys.find(Kind.APPLICATION, entry.key()));
    assertEquals(List.of(entry), keys.all());
  }

  @Test
  void keysDiffer() throws Exception {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      made.add(keys.create(Kind.APPLICATION, "application").key());
    }
    assertEquals(20, made.size());
  }

  @Test
  void aKeyOfSomebodyElseIsTakenOnce() throws Exception {
    assertTrue(keys.add(Kind.APPLICATION, "beets", Keys.BEETS));
    assertFalse(keys.add(Kind.APPLICATION, "again", Keys.BEETS));
    assertTrue(keys.add(Kind.USER, "as a user", Keys.BEETS));
    assertTrue(keys.find(Kind.APPLICATION, Keys.BEETS).isPresent());
  }

  @Test
  void aRevokedKeyCountsNoMoreAndIsNotTakenAgain() throws Exception {
    keys.add(Kind.APPLICATION, "Picard", Keys.PICARD);
    assertTrue(keys.revoke(Kind.APPLICATION, Keys.PICARD));
    assertEquals(OptionalLong.empty(), keys.find(Kind.APPLICATION, Keys.PICARD));
    assertFalse(keys.add(Kind.APPLICATION, "Picard", Keys.PICARD));
    assertTrue(keys.all().getFirst().isRevoked());
    assertFalse(keys.revoke(Kind.APPLICATION, "unknown"));
  }

  @Test
  void aRevokedKeyCountsAgainIfThatIsWanted() throws Exception {
    keys.add(Kind.USER, "old", "mine");
    long id = keys.find(Kind.USER, "mine").getAsLong();
    assertFalse(keys.reinstate(Kind.USER, "new", "mine"), "it was not revoked");
    keys.revoke(Kind.USER, "mine");
    assertFalse(keys.reinstate(Kind.APPLICATION, "new", "mine"), "it is a user's");
    assertTrue(keys.reinstate(Kind.USER, "new", "mine"));
    assertEquals(OptionalLong.of(id), keys.find(Kind.USER, "mine"));
    assertEquals("new", keys.all().getFirst().name());
    assertFalse(keys.reinstate(Kind.USER, "new", "another"));
  }

  @Test
  void whatIsNoKeyIsNobodys() throws Exception {
    for (String text : List.of("", "\0", "\ud800", "a b", "x".repeat(101), "' OR 1=1 --")) {
      assertEquals(OptionalLong.empty(), keys.find(Kind.USER, text));
      assertFalse(keys.revoke(Kind.USER, text));
      assertThrows(IllegalArgumentException.class, () -> keys.add(Kind.USER, "x", text));
    }
  }
}
