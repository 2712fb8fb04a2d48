package org.incipit.server.index.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The content of a file on a {@link SimulatedDisk}: what lasts, and what was written since. */
final class SimulatedFile implements SimulatedEntry {
  private static final int SECTOR = 512;

  private record Piece(int at, byte[] bytes) {}

  private final Bytes kept;
  private final Bytes now;
  private final List<Piece> pieces = new ArrayList<>();

  /** Bytes that grow. */
  private static final class Bytes {
    byte[] bytes;
    int size;

    Bytes(byte[] bytes) {
      this.bytes = bytes.clone();
      size = bytes.length;
    }

    void grow(int to) {
      if (to > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(to, 2 * bytes.length));
      }
      size = Math.max(size, to);
    }

    void put(Piece piece) {
      grow(piece.at + piece.bytes.length);
      System.arraycopy(piece.bytes, 0, bytes, piece.at, piece.bytes.length);
    }

    byte[] toArray() {
      return Arrays.copyOf(bytes, size);
    }
  }

  SimulatedFile(byte[] content) {
    kept = new Bytes(content);
    now = new Bytes(content);
  }

  private SimulatedFile(SimulatedFile from) {
    kept = new Bytes(from.kept.toArray());
    now = new Bytes(from.now.toArray());
    pieces.addAll(from.pieces);
  }

  @Override
  public SimulatedEntry copy(Map<SimulatedEntry, SimulatedEntry> copies) {
    return copies.computeIfAbsent(this, file -> new SimulatedFile(this));
  }

  @Override
  public SimulatedFile crash(RandomGenerator random, int names, int percent) {
    Bytes found = new Bytes(kept.toArray());
    for (Piece piece : pieces) {
      if (random.nextInt(100) < percent) {
        found.put(piece);
      } else if (random.nextInt(8) == 0) {
        // The length has come to last, the bytes have not.
        found.grow(piece.at + piece.bytes.length);
      }
    }
    return new SimulatedFile(found.toArray());
  }

  byte[] content() {
    return now.toArray();
  }

  int size() {
    return now.size;
  }

  /** Copies from the present content. */
  void read(int at, byte[] into) {
    System.arraycopy(now.bytes, at, into, 0, into.length);
  }

  void write(int position, byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(SECTOR - (position + at) % SECTOR, bytes.length - at);
      Piece piece = new Piece(position + at, Arrays.copyOfRange(bytes, at, at + length));
      now.put(piece);
      pieces.add(piece);
      at += length;
    }
  }

  void sync() {
    pieces.forEach(kept::put);
    pieces.clear();
  }

  /** A failed sync: what was written is still read, as if it were clean, but will never last. */
  void forget() {
    pieces.clear();
  }
}
