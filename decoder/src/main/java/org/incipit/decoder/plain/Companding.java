package org.incipit.decoder.plain;

/** The two laws of ITU-T G.711: eight bits to sixteen, by table. */
final class Companding {
  static final short[] MU_LAW = new short[256];
  static final short[] A_LAW = new short[256];

  static {
    for (int code = 0; code < 256; code++) {
      MU_LAW[code] = (short) expandMu(code);
      A_LAW[code] = (short) expandA(code);
    }
  }

  private Companding() {}

  private static int expandMu(int code) {
    int bits = ~code;
    int magnitude = ((((bits & 0x0f) << 3) + 0x84) << (bits >> 4 & 7)) - 0x84;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }

  private static int expandA(int code) {
    int bits = code ^ 0x55;
    int segment = bits >> 4 & 7;
    int step = (bits & 0x0f) << 4;
    int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }
}
