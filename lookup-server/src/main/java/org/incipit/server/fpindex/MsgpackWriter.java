package org.incipit.server.fpindex;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes MessagePack: fields by their first letter, everything in the smallest of its widths. */
final class MsgpackWriter implements BodyWriter {
  private byte[] bytes = new byte[256];
  private int count;

  @Override
  public void beginMap(int entries) {
    begin(entries, 0x80, 0xDE);
  }

  @Override
  public void endMap() {
    // Its length came before it.
  }

  @Override
  public void beginArray(int elements) {
    begin(elements, 0x90, 0xDC);
  }

  @Override
  public void endArray() {
    // Its length came before it.
  }

  private void begin(int length, int small, int wide) {
    if (length < 16) {
      put(small + length);
    } else if (length < 1 << 16) {
      put(wide);
      big(length, 2);
    } else {
      put(wide + 1);
      big(length, 4);
    }
  }

  @Override
  public void field(String name) {
    put(0xA1);
    put(name.charAt(0));
  }

  @Override
  public void key(String key) {
    text(key);
  }

  @Override
  public void number(long value) {
    if ((value >>> 7) == 0) {
      put((int) value);
    } else if ((value >>> 8) == 0) {
      put(0xCC);
      big(value, 1);
    } else if ((value >>> 16) == 0) {
      put(0xCD);
      big(value, 2);
    } else if ((value >>> 32) == 0) {
      put(0xCE);
      big(value, 4);
    } else {
      put(0xCF);
      big(value, 8);
    }
  }

  @Override
  public void bool(boolean value) {
    put(value ? 0xC3 : 0xC2);
  }

  @Override
  public void text(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    if (text.length < 32) {
      put(0xA0 + text.length);
    } else if (text.length < 1 << 8) {
      put(0xD9);
      big(text.length, 1);
    } else if (text.length < 1 << 16) {
      put(0xDA);
      big(text.length, 2);
    } else {
      put(0xDB);
      big(text.length, 4);
    }
    reserve(text.length);
    System.arraycopy(text, 0, bytes, count, text.length);
    count += text.length;
  }

  private void big(long value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
  }

  private void put(int value) {
    reserve(1);
    bytes[count++] = (byte) value;
  }

  private void reserve(int more) {
    if (bytes.length - count < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(count, more)));
    }
  }

  @Override
  public byte[] bytes() {
    return Arrays.copyOf(bytes, count);
  }
}
