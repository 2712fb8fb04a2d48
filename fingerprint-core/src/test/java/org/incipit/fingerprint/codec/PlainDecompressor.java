package org.incipit.fingerprint.codec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.incipit.fingerprint.Fingerprint;
import org.jspecify.annotations.Nullable;

/** The decoder's rules written down value by value, with nothing done to be fast. */
record PlainDecompressor(@Nullable Fingerprint fingerprint) {
  private static final PlainDecompressor REFUSED = new PlainDecompressor(null);

  boolean isRefused() {
    return fingerprint == null;
  }

  static PlainDecompressor read(byte[] bytes) {
    if (bytes.length < 4) {
      return REFUSED;
    }
    int size = (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
    BitSet bits = BitSet.valueOf(bytes);
    List<Integer> near = new ArrayList<>();
    int ends = 0;
    int sevens = 0;
    for (int bit = 32; bit + 3 <= bytes.length * 8; bit += 3) {
      int value = value(bits, bit, 3);
      near.add(value);
      sevens += value == 7 ? 1 : 0;
      ends += value == 0 ? 1 : 0;
      if (value == 0 && ends == size) {
        break;
      }
    }
    int farFrom = 4 + (near.size() * 3 + 7) / 8;
    if (ends != size || farFrom + (sevens * 5 + 7) / 8 > bytes.length) {
      return REFUSED;
    }
    List<Integer> items = new ArrayList<>();
    int item = 0;
    int changes = 0;
    int position = 0;
    int far = 0;
    for (int value : near) {
      if (value == 0) {
        item ^= changes;
        items.add(item);
        changes = 0;
        position = 0;
      } else {
        position += value == 7 ? 7 + value(bits, farFrom * 8 + 5 * far++, 5) : value;
        changes |= 1 << (position - 1) % 32;
      }
    }
    int[] array = items.stream().mapToInt(Integer::intValue).toArray();
    return new PlainDecompressor(Fingerprint.ofId(bytes[0] & 0xFF, array));
  }

  private static int value(BitSet bits, int from, int width) {
    int value = 0;
    for (int bit = 0; bit < width; bit++) {
      value |= bits.get(from + bit) ? 1 << bit : 0;
    }
    return value;
  }
}
