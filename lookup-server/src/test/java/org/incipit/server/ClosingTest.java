package org.incipit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void allAreClosedWhateverHappensToSome() {
    Closing closing = new Closing();
    List<String> closed = new ArrayList<>();
    closing.add(() -> closed.add("first"));
    closing.add(() -> {
      throw new IOException("disk");
    });
    closing.add(() -> {
      throw new IllegalStateException("bug");
    });
    closing.add(() -> closed.add("last"));
    IllegalStateException e = assertThrows(IllegalStateException.class, closing::close);
    assertEquals("bug", e.getMessage());
    assertEquals("disk", e.getSuppressed()[0].getMessage());
    assertEquals(List.of("last", "first"), closed);
  }
}
