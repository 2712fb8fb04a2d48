package org.incipit.fingerprint.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.incipit.fingerprint.Fingerprint;

/**
 * Reads the bytes of a fingerprint: once over the near values to see that all items are there and
 * how many far values they need, then once to rebuild the items.
 *
 * <p>Three bytes are eight near values. The first pass treats those as lanes of one int: the lowest
 * bit of each lane answers a question about its value.
 */
final class Decompressor {
  private static final int GROUP_BYTES = 3;
  private static final int GROUP_VALUES = 8;
  private static final int LANES = 0b001_001_001_001_001_001_001_001;

  private final ByteBuffer bytes;
  private final int from;
  private final int to;
  private final int size;

  /** How many near values there are up to the end of the last item. */
  private long nearValues;

  /** How many of them need a far value. */
  private long escapes;

  private Decompressor(byte[] bytes, int from, int to, int size) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.from = from;
    this.to = to;
    this.size = size;
  }

  static Fingerprint decompress(byte[] bytes, int from, int to) throws FingerprintFormatException {
    FingerprintHeader header = FingerprintHeader.read(bytes, from, to);
    Decompressor body = new Decompressor(bytes, from + FingerprintHeader.BYTES, to, header.size());
    body.measure();
    int[] items = body.rebuild(body.farFrom());
    return Fingerprint.copyOf(header.algorithmId(), items, 0, header.size());
  }

  /** Sets {@link #nearValues} and {@link #escapes}; allocates nothing. */
  private void measure() throws FingerprintFormatException {
    long ended = 0;
    for (int at = from; at < to; at += GROUP_BYTES) {
      int group = (int) eightBytes(at);
      int values = Math.min(GROUP_BYTES, to - at) * 8 / Compressor.NEAR_BITS;
      int lanes = LANES & -1 >>> (32 - values * Compressor.NEAR_BITS);
      int ends = ~(group | group >>> 1 | group >>> 2) & lanes;
      int sevens = group & group >>> 1 & group >>> 2 & lanes;
      int endsHere = Integer.bitCount(ends);
      // With size 0 there is no last item, and a value that ends one is an error wherever it is.
      if (size > 0 && ended + endsHere >= size) {
        for (; ended < size - 1; ended++) {
          ends &= ends - 1;
        }
        int last = Integer.numberOfTrailingZeros(ends);
        escapes += Integer.bitCount(sevens & ((1 << last) - 1));
        nearValues += last / Compressor.NEAR_BITS + 1;
        return;
      }
      ended += endsHere;
      escapes += Integer.bitCount(sevens);
      nearValues += values;
    }
    if (ended != size) {
      throw new FingerprintFormatException(
          size + " items announced, " + ended + " found, the input ends", position(to));
    }
  }

  /** Where the far values begin; all that are needed are there. */
  private int farFrom() throws FingerprintFormatException {
    int farFrom = from + (int) Compressor.wholeBytes(nearValues * Compressor.NEAR_BITS);
    long needed = Compressor.wholeBytes(escapes * Compressor.FAR_BITS);
    if (needed > to - farFrom) {
      throw new FingerprintFormatException(
          needed + " bytes needed from byte " + position(farFrom) + " on, the input ends",
          position(to));
    }
    return farFrom;
  }

  /**
   * The items, then some that mean nothing: the last group of near values is read to its end.
   *
   * <p>A mask decides whether a value needs a far one: a branch there is guessed wrong too often.
   */
  private int[] rebuild(int farFrom) {
    int[] items = new int[size + GROUP_VALUES - 1];
    int nearAt = from;
    long farBit = farFrom * 8L;
    int i = 0;
    int item = 0;
    int changes = 0;
    int position = 0;
    while (i < size) {
      long near = eightBytes(nearAt);
      nearAt += GROUP_BYTES;
      long far = eightBytes((int) (farBit / 8)) >>> farBit % 8;
      for (int k = 0; k < GROUP_VALUES; k++) {
        int distance = (int) near & 0b111;
        near >>>= Compressor.NEAR_BITS;
        int ifEscape = -((distance + 1) >> Compressor.NEAR_BITS);
        distance += (int) far & 0b11111 & ifEscape;
        far >>>= Compressor.FAR_BITS & ifEscape;
        farBit += Compressor.FAR_BITS & ifEscape;
        if (distance == 0) {
          item ^= changes;
          items[i++] = item;
          changes = 0;
          position = 0;
        } else {
          // Hostile distances lead past position 32; the shift then wraps, as on x86.
          position += distance;
          changes |= 1 << (position - 1);
        }
      }
    }
    return items;
  }

  /** The bytes from {@code at} on, the first in the lowest bits; zeros beyond the end. */
  private long eightBytes(int at) {
    if (at <= to - Long.BYTES) {
      return bytes.getLong(at);
    }
    long value = 0;
    for (int i = at; i < to; i++) {
      value |= (bytes.get(i) & 0xFFL) << ((i - at) * Byte.SIZE);
    }
    return value;
  }

  private int position(int at) {
    return at - from + FingerprintHeader.BYTES;
  }
}
