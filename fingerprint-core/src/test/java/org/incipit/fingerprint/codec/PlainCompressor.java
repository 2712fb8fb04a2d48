package org.incipit.fingerprint.codec;

import java.util.BitSet;
import org.incipit.fingerprint.Fingerprint;

/** The grammar of the package written down bit by bit, with nothing done to be fast. */
final class PlainCompressor {
  private final BitSet near = new BitSet();
  private final BitSet far = new BitSet();
  private int nearBits;
  private int farBits;

  private PlainCompressor() {}

  static byte[] compress(Fingerprint fingerprint) {
    PlainCompressor body = new PlainCompressor();
    int previous = 0;
    for (int i = 0; i < fingerprint.size(); i++) {
      body.item(fingerprint.at(i) ^ previous);
      previous = fingerprint.at(i);
    }
    int nearBytes = (body.nearBits + 7) / 8;
    byte[] bytes = new byte[4 + nearBytes + (body.farBits + 7) / 8];
    bytes[0] = (byte) fingerprint.algorithmId();
    bytes[1] = (byte) (fingerprint.size() >> 16);
    bytes[2] = (byte) (fingerprint.size() >> 8);
    bytes[3] = (byte) fingerprint.size();
    copy(body.near, bytes, 4);
    copy(body.far, bytes, 4 + nearBytes);
    return bytes;
  }

  private void item(int changes) {
    int below = 0;
    for (int position = 1; position <= 32; position++) {
      if ((changes >>> (position - 1) & 1) == 1) {
        int distance = position - below;
        near(Math.min(distance, 7));
        if (distance >= 7) {
          far(distance - 7);
        }
        below = position;
      }
    }
    near(0);
  }

  private void near(int value) {
    for (int bit = 0; bit < 3; bit++) {
      near.set(nearBits++, (value >> bit & 1) == 1);
    }
  }

  private void far(int value) {
    for (int bit = 0; bit < 5; bit++) {
      far.set(farBits++, (value >> bit & 1) == 1);
    }
  }

  private static void copy(BitSet bits, byte[] into, int at) {
    byte[] bytes = bits.toByteArray();
    System.arraycopy(bytes, 0, into, at, bytes.length);
  }
}
