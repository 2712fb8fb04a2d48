package org.incipit.fingerprint;

import java.util.Arrays;

/** Collected sub-fingerprints: room is reserved when built and grows by half when it is used up. */
final class ItemBuffer {
  private int[] items;
  private int size;

  ItemBuffer(int capacity) {
    this.items = new int[capacity];
  }

  int size() {
    return size;
  }

  void add(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size + (size >> 1) + 16);
    }
    items[size++] = item;
  }

  void clear() {
    size = 0;
  }

  Fingerprint first(int count, int algorithmId) {
    return Fingerprint.copyOf(algorithmId, items, 0, count);
  }
}
