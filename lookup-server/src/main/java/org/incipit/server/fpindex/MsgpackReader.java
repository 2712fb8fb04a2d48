package org.incipit.server.fpindex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads MessagePack. Of the key of a field only the first letter counts, and a field that is nil is
 * not there. Numbers may be of any width. Own code, because it takes the hashes of a query from the
 * bytes to an {@code int[]} without a step between.
 */
final class MsgpackReader implements BodyReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int NIL = 0xC0;
  private static final int UINT32 = 0xCE;

  private final byte[] bytes;
  private final int[] left = new int[MAX_DEPTH];
  private final int[] seen = new int[MAX_DEPTH];
  private int depth = -1;
  private int at;

  /** Reads what is in an array, which must not change meanwhile. */
  MsgpackReader(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public void enterMap() throws BodyFormatException {
    int type = next();
    long length =
        switch (type) {
          case 0xDE -> big(2);
          case 0xDF -> big(4);
          default -> length(type, 0x80, 0x8F, "a map");
        };
    enter(length, 2);
  }

  @Override
  public void enterArray() throws BodyFormatException {
    enter(arrayLength(), 1);
  }

  private void enter(long length, int leastBytes) throws BodyFormatException {
    requireRoom(length * leastBytes);
    if (depth + 1 == MAX_DEPTH) {
      throw refusal("more than " + MAX_DEPTH + " maps and arrays inside each other");
    }
    depth++;
    left[depth] = (int) length;
    seen[depth] = 0;
  }

  private long arrayLength() throws BodyFormatException {
    int type = next();
    return switch (type) {
      case 0xDC -> big(2);
      case 0xDD -> big(4);
      default -> length(type, 0x90, 0x9F, "an array");
    };
  }

  private int length(int type, int first, int last, String wanted) throws BodyFormatException {
    if (type < first || type > last) {
      throw unwanted(type, wanted);
    }
    return type - first;
  }

  @Override
  public boolean hasNext() {
    if (left[depth] == 0) {
      depth--;
      return false;
    }
    left[depth]--;
    return true;
  }

  @Override
  public @Nullable String field(Fields fields) throws BodyFormatException {
    while (hasNext()) {
      int length = textLength();
      int place = length == 0 ? -1 : fields.startingWith(bytes[at] & 0xFF);
      at += length;
      if (place < 0) {
        throw refusal("no such field");
      }
      int bit = 1 << place;
      if ((seen[depth] & bit) != 0) {
        throw refusal("a second " + fields.name(place));
      }
      seen[depth] |= bit;
      if (at == bytes.length || (bytes[at] & 0xFF) != NIL) {
        return fields.name(place);
      }
      at++;
    }
    return null;
  }

  @Override
  public @Nullable String key() throws BodyFormatException {
    return hasNext() ? text() : null;
  }

  @Override
  public long u32() throws BodyFormatException {
    long number = u64();
    if ((number >>> 32) != 0) {
      throw refusal("a number above 4294967295");
    }
    return number;
  }

  @Override
  public long u64() throws BodyFormatException {
    int type = next();
    return switch (type) {
      case 0xCC -> big(1);
      case 0xCD -> big(2);
      case UINT32 -> big(4);
      case 0xCF -> big(8);
      case 0xD0 -> notNegative(1);
      case 0xD1 -> notNegative(2);
      case 0xD2 -> notNegative(4);
      case 0xD3 -> notNegative(8);
      default -> {
        if (type >= 0xE0) {
          throw refusal("a negative number");
        }
        if (type > 0x7F) {
          throw unwanted(type, "a whole number");
        }
        yield type;
      }
    };
  }

  private long notNegative(int width) throws BodyFormatException {
    long number = big(width);
    if ((number >>> (8 * width - 1)) != 0) {
      throw refusal("a negative number");
    }
    return number;
  }

  @Override
  public int[] hashes(int most, HashCharge charge) throws BodyFormatException, Refusal {
    long count = arrayLength();
    requireRoom(count);
    if (count > most) {
      throw refusal("more than " + most + " hashes");
    }
    charge.hashes((int) count);
    int[] hashes = new int[(int) count];
    for (int i = 0; i < hashes.length; i++) {
      if (at + 5 <= bytes.length && (bytes[at] & 0xFF) == UINT32) {
        hashes[i] = (int) INT.get(bytes, at + 1);
        at += 5;
      } else {
        hashes[i] = (int) u32();
      }
    }
    return hashes;
  }

  @Override
  public boolean bool() throws BodyFormatException {
    int type = next();
    if (type != 0xC2 && type != 0xC3) {
      throw unwanted(type, "true or false");
    }
    return type == 0xC3;
  }

  @Override
  public String text() throws BodyFormatException {
    int length = textLength();
    ByteBuffer encoded = ByteBuffer.wrap(bytes, at, length);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
      at += length;
      return text;
    } catch (CharacterCodingException e) {
      throw new BodyFormatException(at, "not UTF-8", e);
    }
  }

  private int textLength() throws BodyFormatException {
    int type = next();
    long length =
        switch (type) {
          case 0xD9 -> big(1);
          case 0xDA -> big(2);
          case 0xDB -> big(4);
          default -> length(type, 0xA0, 0xBF, "text");
        };
    requireRoom(length);
    return (int) length;
  }

  private int next() throws BodyFormatException {
    requireRoom(1);
    return bytes[at++] & 0xFF;
  }

  /** A number of so many bytes, the first the highest. */
  private long big(int count) throws BodyFormatException {
    requireRoom(count);
    long number = 0;
    for (int i = 0; i < count; i++) {
      number = (number << 8) | (bytes[at++] & 0xFF);
    }
    return number;
  }

  private void requireRoom(long count) throws BodyFormatException {
    if (count > bytes.length - at) {
      throw refusal("ends too early");
    }
  }

  private BodyFormatException unwanted(int type, String wanted) {
    return refusal("wanted " + wanted + ", got type 0x" + Integer.toHexString(type));
  }

  @Override
  public void end() throws BodyFormatException {
    if (at != bytes.length) {
      throw refusal("something follows");
    }
  }

  @Override
  public BodyFormatException refusal(String what) {
    return new BodyFormatException(at, what);
  }
}
