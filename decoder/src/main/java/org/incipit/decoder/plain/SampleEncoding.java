package org.incipit.decoder.plain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a sample lies in the file.
 *
 * @param bytes bytes of a sample: 1 for the G.711 laws; 1, 2, 3, 4 or 8 for integers; 4 or 8 for
 *     floating point
 */
record SampleEncoding(Kind kind, int bytes, boolean bigEndian) {

  /** What the bits mean. */
  enum Kind {
    SIGNED,
    UNSIGNED,
    FLOAT,
    MU_LAW,
    A_LAW
  }

  private static final List<SampleEncoding> RAW = raw();

  private static List<SampleEncoding> raw() {
    List<SampleEncoding> all = new ArrayList<>();
    all.add(new SampleEncoding(Kind.MU_LAW, 1, false));
    all.add(new SampleEncoding(Kind.A_LAW, 1, false));
    for (boolean bigEndian : new boolean[] {false, true}) {
      for (int bytes = 1; bytes <= 4; bytes++) {
        all.add(new SampleEncoding(Kind.SIGNED, bytes, bigEndian));
        all.add(new SampleEncoding(Kind.UNSIGNED, bytes, bigEndian));
      }
      all.add(new SampleEncoding(Kind.FLOAT, 4, bigEndian));
      all.add(new SampleEncoding(Kind.FLOAT, 8, bigEndian));
    }
    return all;
  }

  /** What FFmpeg calls by this name when a file holds nothing else: {@code s16le}. */
  static Optional<SampleEncoding> named(String name) {
    return RAW.stream().filter(encoding -> encoding.name().equals(name)).findFirst();
  }

  /** FFmpeg's name of the codec without its {@code pcm_}. */
  String name() {
    String order = bytes == 1 ? "" : bigEndian ? "be" : "le";
    return switch (kind) {
      case SIGNED -> "s" + 8 * bytes + order;
      case UNSIGNED -> "u" + 8 * bytes + order;
      case FLOAT -> "f" + 8 * bytes + order;
      case MU_LAW -> "mulaw";
      case A_LAW -> "alaw";
    };
  }

  /** Bits of a sample once decoded. */
  int decodedBits() {
    return kind == Kind.MU_LAW || kind == Kind.A_LAW ? 16 : 8 * bytes;
  }

  /** Whether 16 bits cannot hold every sample. */
  boolean isWide() {
    return decodedBits() > 16;
  }

  private ByteOrder order() {
    return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /**
   * Takes {@code count} samples from the buffer, as 16 bits. Wider integers lose their low bits;
   * floating point is rounded to the nearest, ties to even, and saturates; what is no number is 0.
   */
  void toShorts(ByteBuffer in, short[] out, int count) {
    in.order(order());
    switch (kind) {
      case MU_LAW, A_LAW -> {
        short[] table = kind == Kind.MU_LAW ? Companding.MU_LAW : Companding.A_LAW;
        for (int i = 0; i < count; i++) {
          out[i] = table[in.get() & 0xff];
        }
      }
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          out[i] = saturate(floating(in));
        }
      }
      case SIGNED, UNSIGNED -> {
        if (bytes == 2) {
          short sign = kind == Kind.UNSIGNED ? Short.MIN_VALUE : 0;
          int start = in.position();
          for (int i = 0; i < count; i++) {
            out[i] = (short) (in.getShort(start + 2 * i) ^ sign);
          }
          in.position(start + 2 * count);
        } else {
          for (int i = 0; i < count; i++) {
            out[i] = (short) (signed(in) >> 48);
          }
        }
      }
    }
  }

  /**
   * Takes {@code count} samples from the buffer as numbers of -1 to 1; integers of at most 32 bits
   * are rounded to single precision.
   */
  void toDoubles(ByteBuffer in, double[] out, int count) {
    in.order(order());
    switch (kind) {
      case MU_LAW, A_LAW -> {
        short[] table = kind == Kind.MU_LAW ? Companding.MU_LAW : Companding.A_LAW;
        for (int i = 0; i < count; i++) {
          out[i] = table[in.get() & 0xff] * 0x1p-15;
        }
      }
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          out[i] = floating(in);
        }
      }
      case SIGNED, UNSIGNED -> {
        for (int i = 0; i < count; i++) {
          long value = signed(in);
          out[i] = bytes == 8 ? value * 0x1p-63 : (float) value * 0x1p-63;
        }
      }
    }
  }

  /** To 16 bits as FFmpeg rounds: to the nearest, ties to even. */
  static short saturate(double sample) {
    return (short) Math.max(-32768, Math.min(32767, (int) Math.rint(sample * 32768)));
  }

  private double floating(ByteBuffer in) {
    return bytes == 4 ? in.getFloat() : in.getDouble();
  }

  /** The sample's sign in bit 63. */
  private long signed(ByteBuffer in) {
    long value =
        switch (bytes) {
          case 1 -> (long) in.get() << 56;
          case 2 -> (long) in.getShort() << 48;
          case 3 -> triple(in);
          case 4 -> (long) in.getInt() << 32;
          default -> in.getLong();
        };
    return kind == Kind.UNSIGNED ? value ^ Long.MIN_VALUE : value;
  }

  private long triple(ByteBuffer in) {
    int first = in.get() & 0xff;
    int second = in.get() & 0xff;
    int third = in.get() & 0xff;
    long value = bigEndian ? first << 16 | second << 8 | third : third << 16 | second << 8 | first;
    return value << 40;
  }
}
