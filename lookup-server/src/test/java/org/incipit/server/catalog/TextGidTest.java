package org.incipit.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextGidTest {
  @Test
  void aTextHasTheIdThatPythonGivesIt() {
    // uuid.uuid5(namespace, json.dumps(fields, separators=(",", ":")))
    assertEquals(
        UUID.fromString("0aa8a326-9338-5961-8495-0b50d810ab79"),
        TextGid.of(new TextMetadata("Voyager", "Sigur Rós", null, null, 3, null, null)));
    assertEquals(
        UUID.fromString("b8ff5815-6e0d-5c27-9aa0-a5f7a7720759"),
        TextGid.of(new TextMetadata("a\"b\\c\t\u2028\ud83d\ude00", null, "X", "Y", null, 2, 1999)));
  }

  @Test
  void theSameWordInAnotherFieldIsAnotherText() {
    assertNotEquals(
        TextGid.of(new TextMetadata("Low", null, null, null, null, null, null)),
        TextGid.of(new TextMetadata(null, null, "Low", null, null, null, null)));
  }
}
