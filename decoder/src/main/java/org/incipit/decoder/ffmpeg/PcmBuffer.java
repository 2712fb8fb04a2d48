package org.incipit.decoder.ffmpeg;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;

/** Samples in native memory, between the converter that appends them and the reader. */
final class PcmBuffer implements AutoCloseable {
  /** A frame may become so many samples; only forged sample rates lead further. */
  private static final long MAX_SAMPLES = 1L << 26;

  /** One address: where the next samples go, as the converter wants it. */
  private final PointerPointer<BytePointer> tail =
      new PointerPointer<>(NativeMemory.zeros(Pointer.sizeof(PointerPointer.class)));

  private ShortPointer memory;

  /** The same memory; positions of pointers without a type of their own are bytes. */
  private BytePointer cursor;

  private int capacity;
  private int start;
  private int end;
  private boolean closed;

  PcmBuffer(int capacity) {
    this.capacity = capacity;
    memory = new ShortPointer(NativeMemory.zeros(2L * capacity));
    cursor = new BytePointer(memory);
  }

  /** Samples held. */
  int size() {
    return end - start;
  }

  /**
   * Makes room behind what is held for {@code samples} more.
   *
   * @return false if that is more than any frame needs
   */
  boolean reserve(long samples) {
    if (samples <= capacity - end) {
      return true;
    }
    if (samples > MAX_SAMPLES) {
      return false;
    }
    int held = size();
    cursor.position(2L * start);
    if (held + samples <= capacity) {
      Pointer.memmove(memory.position(0), cursor, 2L * held);
    } else {
      int room = Math.toIntExact(held + samples);
      ShortPointer larger = new ShortPointer(NativeMemory.zeros(2L * room));
      capacity = room;
      Pointer.memcpy(larger, cursor, 2L * held);
      NativeMemory.free(memory.position(0));
      memory = larger;
      cursor = new BytePointer(larger);
    }
    start = 0;
    end = held;
    return true;
  }

  /** An array of one: the address behind what is held. */
  PointerPointer<BytePointer> tail() {
    return tail.put(0, cursor.position(2L * end));
  }

  /** {@code samples} have been written to the {@link #tail}. */
  void appended(int samples) {
    end += samples;
  }

  /** Takes up to {@code length} of the oldest samples. */
  int take(short[] into, int offset, int length) {
    int n = Math.min(length, size());
    memory.position(start).get(into, offset, n);
    drop(n);
    return n;
  }

  /** Forgets the oldest samples. */
  void drop(int samples) {
    start += samples;
    if (start == end) {
      start = 0;
      end = 0;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      NativeMemory.free(tail);
      NativeMemory.free(memory.position(0));
    }
  }
}
