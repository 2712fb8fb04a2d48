package org.incipit.server.index.segment;

import java.util.Arrays;

/** A growing set of ids other than 0. One thread. */
final class IdSet {
  private int[] slots = new int[16];
  private int shift = 28;
  private int size;

  void add(int id) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    int slot = slot(id);
    if (slots[slot] == 0) {
      slots[slot] = id;
      size++;
    }
  }

  boolean contains(int id) {
    return slots[slot(id)] != 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  private int slot(int id) {
    int slot = (id * 0x9E3779B1) >>> shift;
    while (slots[slot] != 0 && slots[slot] != id) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void grow() {
    int[] old = slots;
    slots = new int[2 * old.length];
    shift--;
    Arrays.stream(old).filter(id -> id != 0).forEach(id -> slots[slot(id)] = id);
  }
}
